// Of every browser and of Node, though not of the language.
declare const TextDecoder: new (
  encoding: string,
  options?: { readonly fatal: boolean },
) => { decode(bytes: Uint8Array): string }

/**
 * The text of a file's bytes. A byte-order mark says which Unicode it is, as do zeros in every other byte (the "Unicode
 * text" of Excel without its mark); what is not UTF-8 is taken for Windows-1252, in which older instruments write ° and µ.
 */
export function textOf(source: string | Uint8Array): string {
  if (typeof source === 'string') return source.replace(/^\ufeff/, '')
  // The decoders take the mark away.
  return new TextDecoder(encodingOf(source)).decode(source)
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first !== 0 && second === 0) return 'utf-16le'
  if (first === 0 && second !== 0) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}
