import { beforeAll, describe, expect, it } from 'vitest'
import { drawn, type NationalStore, nationalStore } from './national-room.ts'

const EVENTS = `select start_date, int_events_resolved.event_type,
    int_events_resolved.end_day - int_events_resolved.start_day as nights
  from int_events_resolved join service_event on service_event.event_id = int_events_resolved.event_id
  order by start_date, int_events_resolved.event_type`

describe('emergency care and hospital admissions', () => {
  it('ECDS: what is no attendance is held back by reason; mental health is told by complaint, intent, or first diagnosis', async () => {
    const ecds = await nationalStore('emergency-care', ['ecds.csv'])
    expect(ecds.account()).toBe(
      'ecds.csv | ecds-attendances | 10 | 6 | deleted_record 1, not_a_major_department 1, not_treated_here 1, planned_attendance 1',
    )
    expect(ecds.drawing(EVENTS)).toBe(
      drawn(`
        2025-02-01 | ae_mental_health   | -
        2025-02-03 | ae_mental_health   | -
        2025-02-04 | ae_mental_health   | -
        2025-02-05 | ae_physical_health | -
        2025-02-06 | ae_unspecified     | -
        2025-02-11 | ae_physical_health | -
      `),
    )
    // the complaint of 11 February was damaged by a spreadsheet
    expect(ecds.loads.get('ecds.csv')?.doubts()).toEqual(['11 snomed_check_digit'])
  })

  it('SUS with dotted headings: attendances of major departments, and spells, of one person under a pseudonym', async () => {
    const sus = await nationalStore('emergency-care', ['sus_emergency_care.csv', 'sus_spells.csv', 'ecds.csv'])
    expect(sus.account().split('\n').slice(0, 2).join('\n')).toBe(
      drawn(`
        sus_emergency_care.csv | sus-emergency-care | 2 | 1 | not_a_major_department 1
        sus_spells.csv         | sus-admitted-care  | 2 | 2 | -
      `),
    )
    expect(sus.drawing(`${EVENTS} limit 4 offset 6`)).toBe(
      drawn(`
        2025-03-01 | admission_physical_health | 4
        2025-03-01 | ae_mental_health          | -
        2025-04-01 | admission_physical_health | -
      `),
    )
    expect(sus.drawing('select count(*) as n from persons')).toBe('1')
  })

  describe('HES', () => {
    let hes: NationalStore
    beforeAll(async () => {
      hes = await nationalStore('emergency-care', ['hes_ae.csv', 'hes_apc_2018.csv', 'hes_apc_2019.csv'])
    })

    it('attendances: planned ones and minor departments are held back; the reason is by patient group or diagnosis', () => {
      expect(hes.account().split('\n')[0]).toBe(
        'hes_ae.csv | hes-ae | 6 | 4 | not_a_major_department 1, planned_attendance 1',
      )
      expect(hes.drawing(EVENTS.replace('order by', `where int_events_resolved.event_type like 'ae%' order by`))).toBe(
        drawn(`
          2018-06-01 | ae_mental_health   | -
          2018-07-01 | ae_mental_health   | -
          2018-08-01 | ae_physical_health | -
          2018-09-02 | ae_unspecified     | -
        `),
      )
    })

    it('eight episodes of two years are five spells: the stay of two episodes is 10 nights, a day case none', () => {
      expect(hes.drawing(EVENTS.replace('order by', `where int_events_resolved.event_type like 'adm%' order by`))).toBe(
        drawn(`
          2018-05-01 | admission_physical_health | 10
          2018-05-01 | admission_physical_health | 1
          2018-08-01 | admission_physical_health | 0
          2018-10-01 | admission_mental_health   | 19
          2019-03-20 | admission_physical_health | 21
        `),
      )
    })

    it('two people admitted to one hospital on one day share no reference: what is purged of one is not the other’s', () => {
      expect(
        hes.drawing(`select count(*) as n, count(distinct event_ref) as spells, count(distinct part_ref) as episodes
          from service_event where start_date = '2018-05-01'`),
      ).toBe('3 | 2 | 3')
    })

    it('with the first year alone, the episode that was not finished leaves its spell open', async () => {
      const first = await nationalStore('emergency-care', ['hes_apc_2018.csv'])
      expect(first.drawing(EVENTS).split('\n').at(-1)).toBe('2019-03-20 | admission_physical_health | -')
    })
  })
})
