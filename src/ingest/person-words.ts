const GENDER = `
  female male woman man women men girl boy non binary nonbinary trans transgender cis cisgender gender fluid queer intersex
  agender indeterminate`
const ETHNICITY = `
  white black asian mixed british english welsh scottish northern irish traveller gypsy roma caribbean african indian pakistani
  bangladeshi chinese arab european eastern western latin american filipino vietnamese japanese korean turkish kurdish iranian
  iraqi afghan tamil sikh jewish somali nigerian ghanaian polish portuguese italian spanish greek cypriot romanian ukrainian
  multiple ethnic group groups background backgrounds heritage`
const EITHER = `
  any another other and or of the not stated known unknown specified recorded provided asked available applicable prefer prefers to
  say self described describe undisclosed declined refused disclosed uk`

/** True for a gender in words or a code of one or two letters or digits: a name that has slipped into the column is neither. */
export const isGenderWord = phrasesOf(GENDER)

/** The same for an ethnic category, as national lists and the census word them. */
export const isEthnicWord = phrasesOf(ETHNICITY)

function phrasesOf(vocabulary: string): (text: string) => boolean {
  const words = new Set(`${vocabulary} ${EITHER}`.split(/\s+/))
  return (text) =>
    /^[a-z0-9]{1,2}$/i.test(text) ||
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .every((word) => word === '' || words.has(word))
}
