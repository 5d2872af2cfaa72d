/** The line to a policy's process, whatever it is made of. */

export interface Channel {
  /** Sends one line. Throws ChannelClosed if nobody reads it. */
  send(line: string): void;
  /** Waits for the next line. Throws ChannelClosed if there is none any more. */
  receive(): string;
}

/** The process has ended. The message says what it left behind, and may have several lines. */
export class ChannelClosed extends Error {}
