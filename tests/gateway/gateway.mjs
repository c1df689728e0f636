// The official Wechaty gateway (PuppetServer) in front of the official mock puppet, for tests on 127.0.0.1.
//
// One JSON object a line. In: {"do": NAME, ...}. Out: {"done": NAME, "result"?} or {"failed": NAME, "why"},
// and {"event": NAME, ...} for what a test may want to see. Ends when standard input ends.
//
// {"do": "begin", "suite", "tls", "port", "token"} makes a new world and serves it; the result is the port
// (0 asks for any free one). {"do": "end"} drops it: the next one knows nothing of it.
//   suite  pure: the published mock as it is; extended: with the gaps filled in that it leaves
import net from 'node:net'
import readline from 'node:readline'

import { FileBox } from 'file-box'
import { types } from 'wechaty-puppet'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import { PuppetServer } from 'wechaty-puppet-service'

const tell = line => process.stdout.write(JSON.stringify(line) + '\n')

const BOT = 'bot'
const PEOPLE = { bot: '网格小助手', li: '李网格员', wang: '王大爷', zhang: '张阿姨' }
const ROOMS = {
  'lou3@chatroom': { members: [BOT, 'zhang', 'li'], topic: '3号楼居民群' },
  'lou5@chatroom': { members: [BOT, 'zhang', 'wang'], topic: '5号楼居民群' },
}

let mocker, puppet, server, settings
let made = 0
let built = false

const person = id => mocker.ContactMock.load(id)
const room = id => mocker.RoomMock.load(id)
const conversation = id => (id.includes('@') ? room(id) : person(id))

/** What the published mock only pretends to do: ids of sent messages, mentions, names of rooms, recalling. */
class ExtendedMock extends PuppetMock {
  announcements = new Map()
  aliases = new Map()
  journal = [] // [moment in ms, message id] of what was said, also while nobody listened
  began = Date.now()

  constructor (options) {
    super(options)
    this.on('message', ({ messageId }) => this.journal.push([Date.now(), messageId]))
  }

  send (conversationId, something, mentionIds = []) {
    let id
    this.once('message', ({ messageId }) => { id = messageId })
    person(this.currentUserId).say(something, mentionIds.map(person)).to(conversation(conversationId))
    return id
  }

  async messageSendText (conversationId, text, mentionIds) { return this.send(conversationId, text, mentionIds) }
  async messageSendFile (conversationId, file) { return this.send(conversationId, file) }
  async messageImage (id) { return this.messageFile(id) }

  async messageRecall (id) {
    const { roomId, talkerId } = mocker.messagePayload(id)
    tell({ event: 'recalled', id, room: roomId })
    return talkerId === this.currentUserId
  }

  async roomTopic (id, topic) {
    if (topic === undefined) return room(id).payload.topic
    room(id).topic(topic).by(person(this.currentUserId))
    tell({ event: 'topic', room: id, topic })
    await this.dirtyPayload(types.Payload.Room, id)
  }

  async roomAnnounce (id, text) {
    if (text === undefined) return this.announcements.get(id) || ''
    this.announcements.set(id, text)
    tell({ event: 'announcement', room: id, text })
  }

  async roomMemberRawPayload (roomId, contactId) {
    const known = await super.roomMemberRawPayload(roomId, contactId)
    return { ...known, roomAlias: this.aliases.get(`${roomId}/${contactId}`) || '' }
  }

  /** `replay:MS` says again what was said since then; the answer tells how far back the journal goes. */
  ding (data) {
    const asked = /^replay:(\d+)$/.exec(data || '')
    if (!asked) return super.ding(data)
    const stream = this.listeners('message').at(-1) // the attached client's; the first one is the journal's own
    const missed = this.journal.filter(([moment]) => moment >= Number(asked[1]))
    for (const [, messageId] of missed) stream({ messageId })
    this.emit('dong', { data: `replayed:${missed.length}:${this.began}` })
  }
}

function buildWorld () {
  if (built) return
  built = true
  for (const [id, name] of Object.entries(PEOPLE)) mocker.createContact({ id, name })
  for (const [id, { members, topic }] of Object.entries(ROOMS)) {
    mocker.createRoom({ id, memberIdList: [...members], ownerId: 'li', topic })
    room(id).on('message', show)
  }
  for (const id of ['li', 'wang', 'zhang']) person(id).on('message', m => { if (!m.payload.roomId) show(m) })
}

/** Only what the bot says is worth a line. */
function show ({ id, payload }) {
  if (payload.talkerId !== BOT) return
  const to = payload.roomId || payload.listenerId
  tell({ event: 'said', id, mentions: payload.mentionIdList || [], text: payload.text, to, type: payload.type })
}

function world () {
  buildWorld()
  mocker.login(person(BOT))
  tell({ event: 'started' })
  return () => tell({ event: 'stopped' })
}

async function begin (wanted) {
  settings = { ...wanted }
  made = 0
  built = false
  mocker = new mock.Mocker()
  mocker.use(world)
  puppet = new (settings.suite === 'extended' ? ExtendedMock : PuppetMock)({ mocker })
  puppet.on('error', () => tell({ event: 'error' }))
  await serve()
  return settings.port
}

/** Whatever still goes on in the old world is heard by nobody. */
async function end () {
  await server.stop()
  await puppet.stop()
  await new Promise(resolve => setImmediate(() => setImmediate(resolve))) // the mocker stops a moment later
  puppet.removeAllListeners()
}

const orders = {
  alias: ({ room, who, alias }) => puppet.aliases.set(`${room}/${who}`, alias),
  announcement: ({ room }) => puppet.roomAnnounce(room),
  begin,
  burst: async ({ from, n, to }) => {
    for (let i = 0; i < n; i++) {
      person(from).say(`第${i}句`).to(conversation(to))
      if (i % 100 === 99) await new Promise(resolve => setImmediate(resolve))
    }
  },
  end,
  error: () => puppet.emit('error', { gerror: JSON.stringify({ message: 'simulated' }) }),
  file: ({ base64, from, name, to, type }) => {
    const box = FileBox.fromBase64(base64, name)
    if (!type) return person(from).say(box).to(conversation(to))
    const id = `file-${++made}` // the mock itself knows pictures and films only
    mocker.cacheFileBoxPayload.set(id, box.toJSON())
    orders.raw({ filename: name, from, id, to, type })
  },
  join: ({ by, room: id, who }) => room(id).add(...who.map(person)).by(person(by)),
  leave: ({ by, room: id, who }) => room(id).remove(...who.map(person)).by(person(by)),
  link: ({ from, to, url }) => { // a picture that lies elsewhere in the network
    const id = `link-${++made}`
    mocker.cacheFileBoxPayload.set(id, FileBox.fromUrl(url, { name: 'link.png', size: 1 }).toJSON())
    orders.raw({ from, id, to, type: types.Message.Image })
  },
  login: () => mocker.login(person(BOT)),
  logout: () => puppet.logout('kicked off line'),
  raw: ({ filename, from, id, text, to, type }) => { // a message of any type
    const where = to.includes('@') ? { roomId: to } : { listenerId: to }
    const messageId = id || `raw-${++made}`
    const payload = { ...where, filename, id: messageId, talkerId: from, text, timestamp: Date.now(), type }
    mocker.MessageMock.create(payload)
    puppet.emit('message', { messageId })
    return messageId
  },
  received: async ({ id }) => { // the bytes of a file that the bot sent, as base64
    const box = await puppet.messageFile(id)
    return box.toBase64()
  },
  repeat: ({ id }) => puppet.emit('message', { messageId: id }),
  say: ({ from, mentions, text, to }) => person(from).say(text, (mentions || []).map(person)).to(conversation(to)),
  serve: () => serve(),
  topic: ({ by, room: id, topic }) => room(id).topic(topic).by(person(by)),
  unserve: () => server.stop(),
}

async function freePort () {
  const probe = net.createServer()
  await new Promise(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return port
}

async function serve () {
  settings.port ||= await freePort()
  const { port, tls, token } = settings
  server = new PuppetServer({ endpoint: `127.0.0.1:${port}`, puppet, tls: { disable: !tls }, token })
  await server.start()
}

const input = readline.createInterface({ input: process.stdin })
input.on('close', () => process.exit(0))
input.on('line', async line => {
  let order = {}
  try {
    order = JSON.parse(line)
    const result = await orders[order.do](order)
    tell({ done: order.do, result: ['number', 'string'].includes(typeof result) ? result : null })
  } catch (error) {
    tell({ failed: order.do, why: String(error) })
  }
})
process.on('unhandledRejection', error => tell({ event: 'unhandled', why: String(error) }))
