import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type BoundChart, type DrawChart, programKey } from '../src/report/draw-chart.ts'

/** More would wait for the one thread that composes, and each takes some hundred MiB. */
const MOST_THREADS = 2

type Work = { readonly chart: BoundChart } | { readonly svg: string }
type Picture = string | Uint8Array

export type DrawingTask = { readonly number: number } & Work
export type Drawn = { readonly number: number } & ({ readonly picture: Picture } | { readonly fault: unknown })

/** Threads that draw charts and make bitmaps of them, while this one composes pages. */
export class DrawingThreads {
  readonly #workers = Array.from({ length: Math.min(MOST_THREADS, availableParallelism()) }, () => this.#start())
  readonly #waiting = new Map<number, { resolve: (picture: Picture) => void; reject: (fault: unknown) => void }>()
  /** Charts of one program go to one thread: each compiles it for itself. */
  readonly #threadOf = new Map<string, number>()
  readonly #bitmaps = new Map<string, Promise<Uint8Array>>()
  #number = 0
  #fault: unknown = null

  readonly draw: DrawChart = (chart) => {
    const key = programKey(chart)
    const thread = this.#threadOf.get(key) ?? this.#threadOf.size
    this.#threadOf.set(key, thread)
    return this.#ask({ chart }, thread) as Promise<string>
  }

  /** Of a figure that two reports show, once. */
  png(svg: string): Promise<Uint8Array> {
    const bitmap = this.#bitmaps.get(svg) ?? (this.#ask({ svg }, this.#number) as Promise<Uint8Array>)
    this.#bitmaps.set(svg, bitmap)
    return bitmap
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  #ask(work: Work, thread: number): Promise<Picture> {
    if (this.#fault !== null) return Promise.reject(this.#fault)
    const number = this.#number++
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject })
      this.#workers[thread % this.#workers.length]?.postMessage({ number, ...work } satisfies DrawingTask)
    })
  }

  #start(): Worker {
    const worker = new Worker(new URL('./drawing-worker.mjs', import.meta.url))
    worker.on('message', (drawn: Drawn) => {
      const asked = this.#waiting.get(drawn.number)
      this.#waiting.delete(drawn.number)
      if ('fault' in drawn) asked?.reject(drawn.fault)
      else asked?.resolve(drawn.picture)
    })
    worker.on('error', (fault) => {
      this.#fault = fault
      for (const { reject } of this.#waiting.values()) reject(fault)
    })
    return worker
  }
}
