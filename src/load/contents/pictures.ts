import { DETAILS, type Detail } from '../../model/scenario/length.ts'
import type { Content } from '../../tokens/index.ts'
import { dataUriOf } from './data-uris.ts'
import { type Fields, isFields } from './is-fields.ts'
import { pictureSize } from './picture-size.ts'

/** Pictures in messages, in the forms of OpenAI, Anthropic and Gemini, with their sizes where the bytes are there. */

/** The picture that a block is; `null`: it is something else. */
export const pictureOf = (block: Fields): Content | null => {
  const { type, detail, source } = block
  const inline = block['inlineData'] ?? block['inline_data']
  if (isFields(inline)) {
    const kind = inline['mimeType'] ?? inline['mime_type']
    return typeof kind === 'string' && kind.startsWith('image/') ? picture(inline['data'], detail) : null
  }
  if (type === 'image' && isFields(source)) return picture(source['data'], detail)
  if (type !== 'image_url' && type !== 'input_image') return null
  const given = block['image_url']
  if (!isFields(given)) return fromUrl(given, detail)
  return fromUrl(given['url'], given['detail'] ?? detail)
}

/** Of an address that is not the picture itself, the size is not known. */
const fromUrl = (url: unknown, detail: unknown): Content =>
  picture(typeof url === 'string' ? dataUriOf(url)?.base64 : undefined, detail)

const picture = (base64: unknown, detail: unknown): Content => {
  const known = DETAILS.find(one => one === detail)
  const size = typeof base64 === 'string' ? pictureSize(Buffer.from(base64.replaceAll('%2B', '+'), 'base64')) : null
  return { kind: 'image', size, ...(known === undefined ? {} : { detail: known satisfies Detail }) }
}
