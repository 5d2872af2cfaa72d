"""Types lines into an interactive zsh that has loaded a completion script, presses Tab, and prints what the line became."""
import os
import pty
import re
import select
import sys
import time


def main(script, lines):
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "dumb"
        os.execvp("zsh", ["zsh", "-f", "-i"])
    send = lambda text: os.write(terminal, text.encode())
    send(f"PS1='ready> '; autoload -U compinit; compinit -u -D; source {script}; print loa''ded\n")
    until(terminal, "loaded\r\n")
    for line in lines:
        until(terminal, "ready> ")
        # The echo of the mark comes once Tab has done its work: zsh handles one key after the other.
        send(f"{line}\t@\x01: \n")
        print(plain(until(terminal, "@")))
    send("exit\n")


def plain(screen):
    """What is left of the line once bells, backspaces and modes of the terminal have had their effect."""
    line = ""
    for letter in re.sub("\x1b\\[[?0-9;]*[a-zA-Z]|[\x07\x7f\r]", "", screen.rsplit("ready> ", 1)[-1]):
        line = line[:-1] if letter == "\b" else line + letter
    # The terminal echoes what is typed ahead as ^A and the like.
    return re.sub(r"\^.?|@", "", line).strip()


def until(terminal, mark):
    seen = ""
    end = time.monotonic() + 20
    while mark not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 65536).decode(errors="replace")
    return seen


main(sys.argv[1], sys.argv[2:])
