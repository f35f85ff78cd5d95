/** Work that goes on beside the main line; a fault in it is thrown when the main line asks for its end. */
export class Beside {
  readonly #works: Promise<unknown>[] = []

  add(work: Promise<unknown>): void {
    work.catch(() => {})
    this.#works.push(work)
  }

  /** Also of works that others have added meanwhile. */
  async done(): Promise<void> {
    for (let at = 0; at < this.#works.length; at++) await this.#works[at]
  }
}
