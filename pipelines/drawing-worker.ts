import { parentPort } from 'node:worker_threads'
import { drawChart } from '../src/report/draw-chart.ts'
import { renderPng } from '../src/report/png.ts'
import type { DrawingTask, Drawn } from './drawing-threads.ts'

parentPort?.on('message', (task: DrawingTask) => void work(task))

/** A fault is the program's own: it goes back to who asked, to be thrown there. */
async function work(task: DrawingTask): Promise<void> {
  try {
    post({ number: task.number, picture: 'chart' in task ? await drawChart(task.chart) : await renderPng(task.svg) })
  } catch (fault) {
    post({ number: task.number, fault })
  }
}

function post(drawn: Drawn): void {
  parentPort?.postMessage(drawn)
}
