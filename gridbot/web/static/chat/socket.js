// One conversation's WebSocket. What was not acknowledged is sent again, under the same id, after a break.

const LONGEST_WAIT = 15_000;

export class Socket {
  /** `on` has frame(frame), state("up" | "down") */
  constructor(contact, room, on) {
    this.on = on;
    this.unanswered = new Map();
    this.wait = 500;
    const query = new URLSearchParams({ contact, history: "1" });
    if (room) query.set("room", room);
    this.url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/chat/ws?${query}`;
    this.open();
  }

  open() {
    this.socket = new WebSocket(this.url);
    this.socket.onopen = () => {
      this.wait = 500;
      this.on.state("up");
      for (const frame of this.unanswered.values()) this.socket.send(JSON.stringify(frame));
    };
    this.socket.onmessage = (event) => {
      const frame = JSON.parse(event.data);
      this.unanswered.delete(frame.id);
      this.on.frame(frame);
    };
    this.socket.onclose = () => {
      this.on.state("down");
      setTimeout(() => this.open(), this.wait * (0.75 + Math.random() / 2));
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    };
  }

  say(frame) {
    this.unanswered.set(frame.id, frame);
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  recall(id) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ recall: id }));
  }
}
