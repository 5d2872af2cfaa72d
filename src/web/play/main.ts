/** Starts the playground: the simulator first, so that it loads while the page is built. */
import { Seat, type WorkerLike } from "../../playground/seat.ts";
import { Playground } from "./playground.ts";

const makeWorker = (): WorkerLike =>
  new Worker(new URL("worker.js", import.meta.url), { type: "module", name: "simulator" }) as unknown as WorkerLike;

void new Playground(new Seat(makeWorker), makeWorker).start();
