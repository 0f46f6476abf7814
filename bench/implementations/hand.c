/* The models of hand.ts in C, to be compiled with several flags. The program reads lines "model repetitions" and answers
 * each with the nanoseconds that the repetitions took; "model 0" answers with the numbers that the model computes. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define MOST 100000
#define NOINLINE __attribute__((noinline))

static double weights[9], dosage_parameters[7], dosage_results[8];
static double columns[4][MOST], row_results[9], row_weights[8];
static double parameters[337], points[100][2], targets[100], network_results[338];

static inline double sigmoid(double x) { return 1 / (1 + exp(-x)); }

/* One update of the 2-2-2 network; the loss in weights[8]. */
static NOINLINE void step(double *w) {
  const double i1 = 0.05, i2 = 0.1, t1 = 0.01, t2 = 0.99, rate = 0.5;
  double h1 = sigmoid(w[0] * i1 + w[1] * i2 + 0.35), h2 = sigmoid(w[2] * i1 + w[3] * i2 + 0.35);
  double o1 = sigmoid(w[4] * h1 + w[5] * h2 + 0.6), o2 = sigmoid(w[6] * h1 + w[7] * h2 + 0.6);
  double d1 = (o1 - t1) * o1 * (1 - o1), d2 = (o2 - t2) * o2 * (1 - o2);
  double e1 = (d1 * w[4] + d2 * w[6]) * h1 * (1 - h1), e2 = (d1 * w[5] + d2 * w[7]) * h2 * (1 - h2);
  w[0] -= rate * e1 * i1;
  w[1] -= rate * e1 * i2;
  w[2] -= rate * e2 * i1;
  w[3] -= rate * e2 * i2;
  w[4] -= rate * d1 * h1;
  w[5] -= rate * d1 * h2;
  w[6] -= rate * d2 * h1;
  w[7] -= rate * d2 * h2;
  w[8] = 0.5 * (o1 - t1) * (o1 - t1) + 0.5 * (o2 - t2) * (o2 - t2);
}

static NOINLINE void dosage(const double *p, double *g) {
  const double xs[3] = {0, 0.5, 1}, ys[3] = {0, 1, 0};
  memset(g, 0, 8 * sizeof *g);
  for (int i = 0; i < 3; i++) {
    double x = xs[i], z1 = p[0] * x + p[1], z2 = p[2] * x + p[3];
    double e1 = exp(-fabs(z1)), e2 = exp(-fabs(z2));
    double s1 = (z1 > 0 ? z1 : 0) + log1p(e1), s2 = (z2 > 0 ? z2 : 0) + log1p(e2);
    double r = p[4] * s1 + p[5] * s2 + p[6] - ys[i], d = 2 * r;
    double d1 = d * p[4] * (z1 > 0 ? 1 : e1) / (1 + e1), d2 = d * p[5] * (z2 > 0 ? 1 : e2) / (1 + e2);
    g[0] += d1 * x;
    g[1] += d1;
    g[2] += d2 * x;
    g[3] += d2;
    g[4] += d * s1;
    g[5] += d * s2;
    g[6] += d;
    g[7] += r * r;
  }
}

static NOINLINE void rows(int n, const double *w, double *g) {
  double g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0, total = 0;
  double w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4], w5 = w[5], w6 = w[6], w7 = w[7];
#pragma omp simd reduction(+ : g0, g1, g2, g3, g4, g5, g6, g7, total)
  for (int i = 0; i < n; i++) {
    double i1 = columns[0][i], i2 = columns[1][i], t1 = columns[2][i], t2 = columns[3][i];
    double h1 = sigmoid(w0 * i1 + w1 * i2 + 0.35), h2 = sigmoid(w2 * i1 + w3 * i2 + 0.35);
    double o1 = sigmoid(w4 * h1 + w5 * h2 + 0.6), o2 = sigmoid(w6 * h1 + w7 * h2 + 0.6);
    double d1 = (o1 - t1) * o1 * (1 - o1), d2 = (o2 - t2) * o2 * (1 - o2);
    double e1 = (d1 * w4 + d2 * w6) * h1 * (1 - h1), e2 = (d1 * w5 + d2 * w7) * h2 * (1 - h2);
    g0 += e1 * i1;
    g1 += e1 * i2;
    g2 += e2 * i1;
    g3 += e2 * i2;
    g4 += d1 * h1;
    g5 += d1 * h2;
    g6 += d2 * h1;
    g7 += d2 * h2;
    total += 0.5 * (o1 - t1) * (o1 - t1) + 0.5 * (o2 - t2) * (o2 - t2);
  }
  double all[9] = {g0, g1, g2, g3, g4, g5, g6, g7, total};
  memcpy(g, all, sizeof all);
}

/* The 2-16-16-1 tanh network: parameters neuron by neuron, the weights and then the bias. */
static NOINLINE void network(const double *p, double *g) {
  enum { N = 16, SECOND = 3 * N, THIRD = SECOND + (N + 1) * N };
  double h1[N], h2[N], back[N], total = 0;
  memset(g, 0, 337 * sizeof *g);
  for (int row = 0; row < 100; row++) {
    double a = points[row][0], b = points[row][1], out = p[THIRD + N];
    for (int i = 0; i < N; i++) {
      h1[i] = tanh(p[3 * i] * a + p[3 * i + 1] * b + p[3 * i + 2]);
      back[i] = 0;
    }
    for (int i = 0; i < N; i++) {
      const double *q = p + SECOND + (N + 1) * i;
      double z = q[N];
      for (int j = 0; j < N; j++) z += q[j] * h1[j];
      h2[i] = tanh(z);
      out += p[THIRD + i] * h2[i];
    }
    double r = out - targets[row], d = 2 * r / 100;
    total += r * r;
    g[THIRD + N] += d;
    for (int i = 0; i < N; i++) {
      const double *q = p + SECOND + (N + 1) * i;
      double *s = g + SECOND + (N + 1) * i;
      g[THIRD + i] += d * h2[i];
      double dz = d * p[THIRD + i] * (1 - h2[i] * h2[i]);
      s[N] += dz;
      for (int j = 0; j < N; j++) {
        s[j] += dz * h1[j];
        back[j] += dz * q[j];
      }
    }
    for (int i = 0; i < N; i++) {
      double dz = back[i] * (1 - h1[i] * h1[i]);
      g[3 * i] += dz * a;
      g[3 * i + 1] += dz * b;
      g[3 * i + 2] += dz;
    }
  }
  g[337] = total / 100;
}

static void run(int model) {
  switch (model) {
    case 0: step(weights); break;
    case 1: dosage(dosage_parameters, dosage_results); break;
    case 2: rows(1000, row_weights, row_results); break;
    case 3: rows(100000, row_weights, row_results); break;
    case 4: network(parameters, network_results); break;
  }
}

static void print(const double *numbers, int count) {
  for (int i = 0; i < count; i++) printf("%.17g ", numbers[i]);
  printf("\n");
}

static int read(double *numbers, int count) {
  for (int i = 0; i < count; i++)
    if (scanf("%lf", numbers + i) != 1) return 0;
  return 1;
}

int main(void) {
  int model;
  long repetitions;
  if (!read(weights, 8) || !read(dosage_parameters, 7) || !read(row_weights, 8)) return 1;
  for (int c = 0; c < 4; c++)
    if (!read(columns[c], MOST)) return 1;
  if (!read(parameters, 337) || !read(&points[0][0], 200) || !read(targets, 100)) return 1;
  while (scanf("%d %ld", &model, &repetitions) == 2) {
    if (repetitions == 0) {
      run(model);
      const double *results[5] = {weights, dosage_results, row_results, row_results, network_results};
      const int counts[5] = {9, 8, 9, 9, 338};
      print(results[model], counts[model]);
    } else {
      struct timespec before, after;
      clock_gettime(CLOCK_MONOTONIC, &before);
      for (long i = 0; i < repetitions; i++) run(model);
      clock_gettime(CLOCK_MONOTONIC, &after);
      printf("%.0f\n", (after.tv_sec - before.tv_sec) * 1e9 + (after.tv_nsec - before.tv_nsec));
    }
    fflush(stdout);
  }
  return 0;
}
