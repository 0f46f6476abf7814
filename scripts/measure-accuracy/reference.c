/*
 * Reads records of doubles (x, y, result) for the function named on the command line and writes for each the error of
 * the result in units in the last place of the true value, which libquadmath gives to about 112 bits. With a second
 * argument it writes the double nearest to the truth instead, and by how many ulps the truth exceeds it.
 *
 *     cc -O2 reference.c -lquadmath -lm -o reference
 */
#include <math.h>
#include <quadmath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef __float128 quad;

static quad sigmoidq(quad x) { return x < 0 ? expq(x) / (1 + expq(x)) : 1 / (1 + expq(-x)); }
static quad softplusq(quad x) { return (x > 0 ? x : 0) + log1pq(expq(-fabsq(x))); }

static quad truth(const char *f, quad x, quad y) {
#define IS(name) (strcmp(f, name) == 0)
  if (IS("exp")) return expq(x);
  if (IS("expm1")) return expm1q(x);
  if (IS("log")) return logq(x);
  if (IS("log1p")) return log1pq(x);
  if (IS("log2")) return log2q(x);
  if (IS("log10")) return log10q(x);
  if (IS("sin")) return sinq(x);
  if (IS("cos")) return cosq(x);
  if (IS("tan")) return tanq(x);
  if (IS("tanh")) return tanhq(x);
  if (IS("sinh")) return sinhq(x);
  if (IS("cosh")) return coshq(x);
  if (IS("asin")) return asinq(x);
  if (IS("acos")) return acosq(x);
  if (IS("atan")) return atanq(x);
  if (IS("atan2")) return atan2q(x, y);
  if (IS("asinh")) return asinhq(x);
  if (IS("acosh")) return acoshq(x);
  if (IS("atanh")) return atanhq(x);
  if (IS("pow")) return fabsq(x) == 1 && isinfq(y) ? nanq("") : x == 1 && isnanq(y) ? y : powq(x, y); /* as ECMAScript */
  if (IS("cbrt")) return cbrtq(x);
  if (IS("hypot")) return hypotq(x, y);
  if (IS("erf")) return erfq(x);
  if (IS("erfc")) return erfcq(x);
  if (IS("sigmoid")) return sigmoidq(x);
  if (IS("softplus")) return softplusq(x);
  if (IS("logSigmoid")) return -softplusq(-x);
  if (IS("gaussian")) return expq(-x * x);
  if (IS("normalDensity")) return expq(-x * x / 2) / sqrtq(2 * M_PIq);
  if (IS("normalCdf")) return erfcq(-x * M_SQRT1_2q) / 2;
  if (IS("directionCosine")) return x == 0 && y == 0 ? 0 : isinfq(x) && finiteq(y) ? copysignq(1, x) : x / hypotq(x, y);
  if (IS("sigmoidSlope")) {
    quad e = expq(-fabsq(x));
    return e / ((1 + e) * (1 + e));
  }
  if (IS("sech2")) {
    quad e = expq(-2 * fabsq(x));
    return 4 * e / ((1 + e) * (1 + e));
  }
  fprintf(stderr, "no reference for %s\n", f);
  exit(1);
}

static quad ulp(double rounded) {
  int exponent;
  frexp(rounded, &exponent);
  if (exponent < -1021) exponent = -1021;
  return ldexpq(1, exponent - 53);
}

static double errorInUlps(quad true_value, double result) {
  double rounded = (double)true_value;
  if (isnan(rounded) || isnan(result)) return isnan(rounded) && isnan(result) ? 0 : INFINITY;
  if (isinf(rounded) || isinf(result)) {
    if (rounded == result) return 0;
    quad limit = 0x1p1023Q * 2;
    quad ours = isinf(result) ? (result > 0 ? limit : -limit) : (quad)result;
    return (double)(fabsq(ours - true_value) / 0x1p971Q);
  }
  return (double)(fabsq((quad)result - true_value) / ulp(rounded));
}

int main(int argc, char **argv) {
  double record[3];
  while (fread(record, sizeof record, 1, stdin) == 1) {
    if (argc > 2) {
      quad value = truth(argv[1], record[0], record[1]);
      double stored[2] = {(double)value, (double)((value - (double)value) / ulp((double)value))};
      fwrite(stored, sizeof stored, 1, stdout);
      continue;
    }
    double error = errorInUlps(truth(argv[1], record[0], record[1]), record[2]);
    fwrite(&error, sizeof error, 1, stdout);
  }
  return 0;
}
