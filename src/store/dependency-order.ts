/** Something that can only be made after the things it needs. Needs that are not in the list are ignored. */
export interface Dependent {
  readonly name: string
  readonly needs: readonly string[]
}

/** The same list with every item after all it needs; otherwise in the order given. Throws where needs go in a circle. */
export function dependencyOrder<Item extends Dependent>(items: readonly Item[]): Item[] {
  const byName = new Map(items.map((item) => [item.name, item]))
  const ordered = new Set<Item>()
  const open = new Set<Item>()

  const place = (item: Item): void => {
    if (ordered.has(item)) return
    if (open.has(item))
      throw new Error(`${item.name} needs itself, by way of ${[...open].map((it) => it.name).join(', ')}`)
    open.add(item)
    for (const need of item.needs) {
      const needed = byName.get(need)
      if (needed !== undefined && needed !== item) place(needed)
    }
    open.delete(item)
    ordered.add(item)
  }

  for (const item of items) place(item)
  return [...ordered]
}
