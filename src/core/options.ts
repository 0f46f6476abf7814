import { describe } from './describe.js'

/**
 * Checks the names of options: since most have a default, one that is misspelt would not be missed.
 *
 * @throws TypeError for anything but an object of options of these names
 */
export function checkOptions(caller: string, options: object, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`${caller}: got ${describe(options)}; wanted an object with ${names.join(', ')}`)
  }
  const unknown = Object.keys(options).find(name => !names.includes(name))
  if (unknown === undefined) return
  throw new TypeError(`${caller}: there is no option '${unknown}'; wanted ${names.join(', ')}`)
}
