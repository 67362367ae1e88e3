/** Texts of about a megabyte, made from words by a seed: the same on every machine. */

const SIZE = 1_000_000

const random = seed => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A list that is drawn from with a preference for its front, as words are used. */
const drawer = (words, next) => () => words[Math.floor(words.length * next() ** 3)]

const ENGLISH =
  'the of and to in is that for it was on are as with be by this have from or one had not but what all were when we there can an your which their said if do will each about how up out them then she many some so these would other into has more her two like him see time could no make than first been its who now people my made over did down only way find use may water long little very after words called just where most know get through back much before go good new write our used me man too any day same right look think also around another came come work three word must because does part even place well such here take why help put different away again off went old number great tell men say small every found still between name should home big give air line set own under read last never us left end along while might next sound below saw something thought both few those always looked show large often together asked house world going want school important until form food keep children feet land side without boy once animal life enough took sometimes four head above kind began almost live page got earth need far hand high year mother light parts country father let night following picture being study second eyes soon times story boys since white days ever paper hard near sentence better best across during today however sure means knew its try told young miles sun ways thing whole hear example heard several change answer room sea against top turned learn point city play toward five using himself usually invoice estimate throughput latency reconciliation quarterly infrastructure'.split(
    ' ',
  )
const NAMES =
  'value index count total price model token request response result error config options name key item list map text line file path user id data input output cache usage rate limit start end size type state next parse render load write read find sum scale merge split'.split(
    ' ',
  )
const HAN =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严'

const prose = next => {
  const word = drawer(ENGLISH, next)
  let text = ''
  while (text.length < SIZE) {
    const length = 4 + Math.floor(next() * 18)
    const words = Array.from({ length }, word)
    const first = words[0]
    words[0] = first[0].toUpperCase() + first.slice(1)
    const inside = next() < 0.4 ? words.join(' ').replace(/ (\w+) (\w+) /, ', $1 $2 ') : words.join(' ')
    text += `${inside}${next() < 0.1 ? '?' : '.'}${next() < 0.15 ? '\n\n' : ' '}`
  }
  return text
}

const code = next => {
  const name = drawer(NAMES, next)
  const other = () => name()[0].toUpperCase() + name().slice(1)
  let text = ''
  while (text.length < SIZE) {
    text += `export const ${name()}${other()} = (${name()}: ${other()}, ${name()}: number): string => {\n`
    for (let i = 0; i < 2 + next() * 6; i++) {
      text +=
        next() < 0.5
          ? `  const ${name()}${other()} = ${name()}.${name()}(${Math.floor(next() * 10_000)}) ?? '${name()}_${name()}'\n`
          : `  if (${name()}.${name()} !== ${name()}[${Math.floor(next() * 9)}]) return \`\${${name()}}/${name()}\`\n`
    }
    text += `  // ${name()} ${name()} ${name()}\n  return ${name()}${other()}\n}\n\n`
  }
  return text
}

const chinese = next => {
  const letter = drawer([...HAN], next)
  const parts = []
  for (let size = 0; size < SIZE / 3; ) {
    const clauses = Array.from({ length: 3 + Math.floor(next() * 4) }, () =>
      Array.from({ length: 4 + Math.floor(next() * 12) }, letter).join(''),
    )
    const sentence = `${clauses.join(next() < 0.7 ? '，' : '、')}。${next() < 0.2 ? '\n' : ''}`
    parts.push(sentence)
    size += sentence.length
  }
  return parts.join('')
}

const json = next => {
  const name = drawer(NAMES, next)
  const rows = []
  for (let size = 0; size < SIZE; ) {
    const row = {
      id: Math.floor(next() * 1e9).toString(16),
      at: new Date(1.79e12 + next() * 1e10).toISOString(),
      [name()]: Math.floor(next() * 1e6),
      [name()]: { [name()]: `${name()}-${name()}`, ok: next() < 0.5, share: Number(next().toFixed(4)) },
      messages: [{ role: 'user', content: `${name()} ${name()} ${name()}` }],
    }
    rows.push(row)
    size += JSON.stringify(row).length
  }
  return JSON.stringify(rows, null, 1)
}

/** Makes the text of a seed. */
const from = make => seed => make(random(seed))

export const TEXTS = { English: from(prose), code: from(code), Chinese: from(chinese), JSON: from(json) }
