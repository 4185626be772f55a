/**
 * Decodes base64 text, in Node and in a browser.
 *
 * @throws DOMException for text that is not base64
 */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
