/** More help wanted with one domain by the people of one row; post_help is null without a last form. */
export interface HelpRow {
  readonly scale_id: string
  readonly pre_help: 'yes' | 'no' | 'missing'
  readonly post_help: 'yes' | 'no' | 'missing' | null
}

/** Of those with two scores of the domain, by whether they said so: each form’s yes, no and missing add up to n_paired. */
export interface HelpWanted {
  readonly scale_id: string
  readonly n_paired: number
  readonly first: Readonly<Record<'yes' | 'no' | 'missing', number>>
  readonly last: Readonly<Record<'yes' | 'no' | 'missing', number>>
}

/** A row for each domain that anybody has two scores of. */
export function helpWanted(rows: readonly HelpRow[]): HelpWanted[] {
  const paired = rows.filter((it) => it.post_help !== null)
  return [...new Set(paired.map((it) => it.scale_id))].map((scale_id) => {
    const own = paired.filter((it) => it.scale_id === scale_id)
    const count = (of: (it: HelpRow) => HelpRow['post_help']) => ({
      yes: own.filter((it) => of(it) === 'yes').length,
      no: own.filter((it) => of(it) === 'no').length,
      missing: own.filter((it) => of(it) === 'missing').length,
    })
    return {
      scale_id,
      n_paired: own.length,
      first: count((it) => it.pre_help),
      last: count((it) => it.post_help),
    }
  })
}
