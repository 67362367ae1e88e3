import { isObject, type ReadFile } from './read-file.ts'
import { readTekkenJson } from './tekken-json.ts'
import { isTiktoken, readTiktoken } from './tiktoken-ranks.ts'
import { readTokenizerJson, SENTENCEPIECE } from './tokenizer-json.ts'

const NONE = 'it is no tokenizer.json, no tekken.json and no file of ranks (*.tiktoken)'

/**
 * Reads a tokenizer file by what it holds: tokenizer.json, tekken.json, or tiktoken's ranks.
 *
 * @param bytes - the file
 * @param split - how ranks split text, which their file does not say; only for them
 */
export const readTokenizerFile = (bytes: Uint8Array, split?: string): ReadFile => {
  // The protobuf of SentencePiece begins with its first piece, <unk>.
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64))
  if (head.charCodeAt(0) === 0x0a && head.includes('<unk>')) return { refused: SENTENCEPIECE }
  const text = new TextDecoder().decode(bytes)
  if (isTiktoken(text)) return readTiktoken(text, split)
  const found = readJsonFile(text)
  if (split === undefined || 'refused' in found) return found
  return { refused: 'it says itself how text is split', split: 'needless' }
}

const readJsonFile = (text: string): ReadFile => {
  const data = parsed(text)
  if (!isObject(data)) return { refused: NONE }
  if ('model' in data) return readTokenizerJson(data)
  return 'vocab' in data ? readTekkenJson(data) : { refused: NONE }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export { findKnownFile } from './known-files.ts'
export type { ReadFile, Refused } from './read-file.ts'
