/** A conversation with a policy's process: a message to it, an answer from it. */
import type { ParameterValues } from "../core/scheduler.ts";
import { AnswerReader, BadLine, helloAnswer, startAnswer } from "./answers.ts";
import type { Channel } from "./channel.ts";
import {
  type CallMessage,
  type EventRecord,
  type HelloAnswer,
  type Message,
  type PlatformRecord,
  PROTOCOL_VERSION,
  type StartAnswer,
} from "./wire.ts";

export const helloLine = (rtmm: string): string =>
  JSON.stringify({ message: "hello", protocol: PROTOCOL_VERSION, rtmm });

export const readHello = (text: string, line: number): HelloAnswer => helloAnswer(checked(text, line));

/** All methods throw BadLine, ChannelClosed, or an Error with what the policy says went wrong in it. */
export class Conversation {
  readonly #channel: Channel;
  /** Lines that the process has written. */
  #lines: number;
  /** The platform that the process knows, as it was sent. */
  #platform = "";

  /** `lines`: those of the process that were read before. */
  constructor(channel: Channel, lines = 0) {
    this.#channel = channel;
    this.#lines = lines;
  }

  hello(rtmm: string): HelloAnswer {
    this.#channel.send(helloLine(rtmm));
    return helloAnswer(this.#receive());
  }

  start(parameters: ParameterValues, platform: PlatformRecord): StartAnswer {
    const text = JSON.stringify(platform);
    const isKnown = text === this.#platform;
    this.#platform = text;
    const answer = this.#exchange({ message: "start", parameters, ...(!isKnown && { platform }) });
    answer.allow(["lateDrop", "preempt"]);
    return startAnswer(answer);
  }

  ask(message: CallMessage): AnswerReader {
    return this.#exchange(message);
  }

  /** Answers to the questions of the last answer. */
  tell(values: readonly (number | null)[]): AnswerReader {
    this.#channel.send(JSON.stringify({ values }));
    return this.#receive();
  }

  end(events: readonly EventRecord[]): void {
    this.#exchange({ message: "end", ...(events.length > 0 && { events }) });
  }

  #exchange(message: Message): AnswerReader {
    this.#channel.send(JSON.stringify(message));
    return this.#receive();
  }

  #receive(): AnswerReader {
    const text = this.#channel.receive();
    this.#lines += 1;
    return checked(text, this.#lines);
  }
}

/** An answer that is no error. */
function checked(text: string, line: number): AnswerReader {
  const answer = AnswerReader.ofLine(text, line);
  if (answer.has("error")) throw new BadLine(answer.text("error"));
  return answer;
}
