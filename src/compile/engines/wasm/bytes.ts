/** A growing list of bytes, written in the encodings of WebAssembly's binary format. */
export class Bytes {
  private bytes = new Uint8Array(256)
  length = 0

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  /** LEB128 of 0 <= n < 2^32. */
  unsigned(n: number): void {
    this.reserve(5)
    let rest = n
    for (; rest > 127; rest = Math.floor(rest / 128)) this.bytes[this.length++] = (rest & 127) | 128
    this.bytes[this.length++] = rest
  }

  /** Signed LEB128 of an integer that is a double: the constants of i32 and i64. */
  signed(n: number): void {
    this.reserve(10)
    let rest = n
    for (; rest < -64 || rest > 63; rest = Math.floor(rest / 128)) {
      // The lowest bits also of what is too large for the bitwise operations
      this.bytes[this.length++] = (rest - 128 * Math.floor(rest / 128)) | 128
    }
    this.bytes[this.length++] = rest & 127
  }

  f64(x: number): void {
    this.reserve(8)
    view.setFloat64(0, x, true)
    for (let i = 0; i < 8; i++) this.bytes[this.length++] = view.getUint8(i)
  }

  /** The 32 bits of an integer. */
  word(n: number): void {
    for (const shift of [0, 8, 16, 24]) this.byte((n >> shift) & 255)
  }

  /** An instruction: what follows 0xfd is a LEB128 as well. */
  opcode(code: number): void {
    if (code < 256) this.byte(code)
    else {
      this.byte(code >> 8)
      this.unsigned(code & 255)
    }
  }

  append(other: Bytes): void {
    this.reserve(other.length)
    this.bytes.set(other.bytes.subarray(0, other.length), this.length)
    this.length += other.length
  }

  /** The bytes, preceded by their number: a section's contents, a function's code. */
  sized(other: Bytes): void {
    this.unsigned(other.length)
    this.append(other)
  }

  name(text: string): void {
    const encoded = new Bytes()
    for (let i = 0; i < text.length; i++) encoded.byte(text.charCodeAt(i))
    this.sized(encoded)
  }

  toArray(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const larger = new Uint8Array(2 * (this.length + count))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}

const view = new DataView(new ArrayBuffer(8))
