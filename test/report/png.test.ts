import { expect, it } from 'vitest'
import { renderPng } from '../../src/report/png.ts'

const FAR = 'transform="translate(9000,22)" d="M-5,0L0,-5L5,0Z" fill="#003087"'
const picture = (marks: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" viewBox="0 0 60 40"><g transform="translate(5,5)">${marks}</g>` +
  '<defs><clipPath id="c"><rect x="0" y="0" width="50" height="30"/></clipPath></defs></svg>'

const drawn = async (marks: string) => Buffer.from(await renderPng(picture(marks)))

it.each([
  ['clipped', `<g clip-path="url(#c)"><path ${FAR}/></g>`],
  ['faint', `<path opacity="0.5" ${FAR}/>`],
  ['clipped and faint', `<g clip-path="url(#c)"><path ${FAR} stroke="#000" stroke-opacity="0.2" opacity="0.5"/></g>`],
  ['in a faint group', `<g opacity="0.5"><path ${FAR}/></g>`],
  ['a faint word', '<text x="9000" opacity="0.5">far</text>'],
  ['nothing at all', '<g clip-path="url(#c)"/>'],
])('a mark beyond the picture is left out, and the process lives on: %s', async (_, marks) => {
  expect((await drawn(marks)).equals(await drawn(''))).toBe(true)
})

it('a faint mark inside is drawn faint', async () => {
  const square = (opacity: string) => drawn(`<rect width="20" height="20" fill="#003087"${opacity}/>`)
  const faint = await square(' opacity="0.5"')
  expect(faint.equals(await square(' fill-opacity="0.5"'))).toBe(true)
  expect(faint.equals(await square(''))).toBe(false)
})
