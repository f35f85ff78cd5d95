import { describe, expect, it } from 'vitest'
import { measuresNamed, namesAnother } from '../../../src/ingest/infer/measure-names.ts'
import { occasionOf } from '../../../src/ingest/infer/occasions.ts'
import { wordsOf } from '../../../src/ingest/infer/words.ts'
import { table } from '../../table.ts'

const HEADINGS = `
  heading               | words                   | names             | is of another
  ----------------------+-------------------------+-------------------+--------------
  ReQoL10_Q1            | reqol 10 q 1            | reqol-10          |
  ReQoL                 | reqol                   | reqol-10,reqol-20 |
  PHQ9TotalScore        | phq 9 total score       | phq-9             |
  phq-15                | phq 15                  |                   | yes
  CORE-10 score         | core 10 score           | core-10           |
  Core Score            | core score              | core-10           |
  CORE-OM               | core om                 |                   | yes
  Score                 | score                   |                   |
  GAD 7                 | gad 7                   | gad-7             |
  DIALOG+ Mental Health | dialog mental health    | dialog            |
  W&SAS Score           | w sas score             | wsas              |
  NHSNumber             | nhs number              |                   |
  DoB                   | dob                     |                   |
  itq_imp_ptsd_1        | itq imp ptsd 1          | itq               |
  HoNOS total           | honos total             |                   | yes
  Goal 2 rating         | goal 2 rating           | gbo               |
`

describe('what a heading says', () => {
  it.each(table(HEADINGS))('$heading', ({ heading, words, names, 'is of another': another }) => {
    expect(wordsOf(String(heading))).toBe(words)
    expect(measuresNamed(String(words)).join(',')).toBe(names ?? '')
    expect(namesAnother(String(words))).toBe(another === 'yes')
  })

  it.each(
    table(`
      heading          | occasion | rest
      -----------------+----------+------------
      PHQ9 (first)     | first    | phq 9
      reqol_post       | last     | reqol
      Baseline GAD7    | first    | gad 7
      Goal 1 review    | review   | goal 1
      WSAS total       |          | wsas total
      T2 PHQ9          | last     | phq 9
    `),
  )('which of several times: $heading', ({ heading, occasion, rest }) => {
    expect(occasionOf(wordsOf(String(heading)))).toEqual({ occasion, rest })
  })
})
