# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# cython: freethreading_compatible=False
"""The scans and sums of reading in machine code, built where a compiler is at hand at the installation.

Each class answers as its twin in Python does, which says what is meant: `Tally` as `scan.Tally`, `Scales` and
`total` as those of `scales`, `Layer` as `laying.Layer`. Whoever changes one of two changes the other; tests hold them together.
All are built once and read ever after, by one thread: what a text is looked at with lies in the tables themselves.
"""

from gridbot.nlp import features
from gridbot.nlp.laying import Match, denies, is_disowned
from gridbot.nlp.scan import Lookout
from gridbot.nlp.segment import cuts

from libc.math cimport exp, llrint
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.string cimport memcpy, memset

cdef uint64_t _SPREAD = 0x9E3779B97F4A7C15
cdef int _NOTHING = -1
_new = tuple.__new__


cdef void *_room(size_t count, size_t size) except NULL:
    """Memory full of zeros."""
    cdef void *found = calloc(count if count else 1, size)
    if found == NULL:
        raise MemoryError
    return found


# ------------------------------------------------------------------------------------------------- words

cdef struct Edge:
    uint64_t key  # the node before and a character, plus one; 0 where nothing is
    int64_t weight  # what the word that ends here weighs
    uint32_t bits  # and its bits
    int32_t node
    int32_t word  # its number, or -1 where none ends


cdef class _Trie:
    """Words as paths of characters, all in one table, so that a step costs one look into memory."""

    cdef Edge *edges
    cdef int shift
    cdef uint64_t mask
    cdef int32_t nodes

    def __cinit__(self):
        self.shift, self.mask, self.nodes = 64 - 10, (1 << 10) - 1, 1
        self.edges = <Edge *>_room(1 << 10, sizeof(Edge))

    def __dealloc__(self):
        free(self.edges)

    cdef inline Edge *step(self, int32_t node, Py_UCS4 sign) noexcept:
        """The edge from a node by a character; its key is 0 where there is none."""
        cdef uint64_t key = ((<uint64_t>node << 21) | <uint64_t>sign) + 1
        cdef uint64_t at = (key * _SPREAD) >> self.shift
        while self.edges[at].key != key and self.edges[at].key != 0:
            at = (at + 1) & self.mask
        return &self.edges[at]

    cdef Edge *add(self, str word, int32_t number) except NULL:
        """The edge by which a word ends."""
        cdef int32_t node = 0
        cdef Py_ssize_t i, size = len(word)
        if not size:
            raise ValueError("a word has at least one character")
        cdef Edge *edge = NULL
        for i in range(size):
            edge = self.step(node, word[i])
            if edge.key == 0:
                if <uint64_t>self.nodes * 2 > self.mask:
                    self._grow()
                    edge = self.step(node, word[i])
                edge.key = ((<uint64_t>node << 21) | <uint64_t>word[i]) + 1
                edge.node, edge.word = self.nodes, _NOTHING
                self.nodes += 1
            node = edge.node
        edge.word = number
        return edge

    cdef int _grow(self) except -1:
        cdef Edge *old = self.edges
        cdef uint64_t count = self.mask + 1, at, i
        self.edges = <Edge *>_room(count * 2, sizeof(Edge))
        self.shift -= 1
        self.mask = count * 2 - 1
        for i in range(count):
            if old[i].key != 0:
                at = (old[i].key * _SPREAD) >> self.shift
                while self.edges[at].key != 0:
                    at = (at + 1) & self.mask
                self.edges[at] = old[i]
        free(old)
        return 0


cdef class Tally:
    """What the words in a text weigh together, and their bits."""

    cdef _Trie trie

    def __init__(self, weights, bits):
        """`weights` and `bits` of words; one that is only in the one counts nothing in the other."""
        cdef Edge *edge
        self.trie = _Trie()
        for word in sorted({*weights, *bits}):
            edge = self.trie.add(word, 0)
            edge.weight, edge.bits = weights.get(word, 0), bits.get(word, 0)

    def of(self, str text not None):
        """The sum of the weights of all words in `text`, each as often as it stands there, and their bits."""
        cdef int64_t weight = 0
        cdef uint32_t bits = 0
        cdef Py_ssize_t start, at, size = len(text)
        cdef int32_t node
        cdef Edge *edge
        for start in range(size):
            node, at = 0, start
            while at < size:
                edge = self.trie.step(node, text[at])
                if edge.key == 0:
                    break
                weight += edge.weight
                bits |= edge.bits
                node = edge.node
                at += 1
        return weight, bits


# ------------------------------------------------------------------------------------------------ weights

cdef struct Piece:
    uint64_t key  # one or two characters; 0 where nothing is
    int32_t report[2]  # what it adds: anywhere, and among the first characters once more
    int32_t alarm[2]
    int32_t row[2]  # the number of its row of labels, or -1
    int32_t name[2]  # its number, or -1
    uint32_t met[2]  # the look that met it last


cdef class Look:
    """One text as the weights see it."""

    cdef readonly int64_t sum
    """What they say for "reports something", in thousandths, every piece once."""
    cdef readonly int64_t rough
    """The same, and what is repeated counts again."""
    cdef readonly int64_t alarm
    """What they say of danger, in thousandths."""
    cdef Scales scales
    cdef int32_t *names
    cdef int32_t *rows
    cdef int count

    def __dealloc__(self):
        free(self.names)

    @property
    def pieces(self):
        """The pieces that weigh."""
        return {self.scales.pieces[self.names[i]] for i in range(self.count)}


cdef class Scales:
    """The weights of pieces: for "reports something", for danger, and for each label."""

    cdef Piece *table
    cdef int shift
    cdef uint64_t mask
    cdef uint32_t looks
    cdef list pieces
    cdef int64_t bias
    cdef int begun, lanes
    cdef dict extra  # the numbers of rows that stand for no piece
    cdef int32_t *row_at
    cdef uint8_t *row_lane
    cdef int32_t *row_weight
    cdef int64_t *start
    cdef int64_t *totals

    def __init__(self, weights):
        """`weights`: a `scales.Weights`."""
        report, alarm, start, mark = weights.report, weights.alarm, weights.start, features.BEGUN
        self.bias, self.begun, self.lanes = weights.bias, features.BEGINNING, len(start)
        self.pieces = list(report)
        cdef int bits = 4
        while (1 << bits) < 2 * len(self.pieces):
            bits += 1
        self.shift, self.mask = 64 - bits, (1 << bits) - 1
        self.table = <Piece *>_room(1 << bits, sizeof(Piece))
        self.start = <int64_t *>_room(self.lanes, sizeof(int64_t))
        self.totals = <int64_t *>_room(self.lanes, sizeof(int64_t))
        for lane, weight in enumerate(start):
            self.start[lane] = weight
        numbers = self._write_rows(weights.rows)
        self.extra = {name: number for name, number in numbers.items() if name not in report}
        cdef int place
        cdef Piece *found
        cdef int32_t number = 0
        for piece in self.pieces:
            place = 1 if len(piece) > len(mark) else 0
            written = piece[len(mark):] if place else piece
            if not 0 < len(written) < 3:
                raise ValueError(piece)
            found = self._open(_key(ord(written[0]), ord(written[1]) + 1 if len(written) > 1 else 0))
            found.report[place], found.alarm[place] = report[piece], alarm.get(piece, 0)
            found.row[place], found.name[place] = numbers.get(piece, _NOTHING), number
            number += 1

    def __dealloc__(self):
        free(self.table)
        free(self.start)
        free(self.totals)
        free(self.row_at)
        free(self.row_lane)
        free(self.row_weight)

    cdef dict _write_rows(self, rows):
        """Lay the rows one behind the other; the number of each by its name."""
        cdef size_t count = sum(map(len, rows.values())), at = 0
        self.row_at = <int32_t *>_room(len(rows) + 1, sizeof(int32_t))
        self.row_lane = <uint8_t *>_room(count, sizeof(uint8_t))
        self.row_weight = <int32_t *>_room(count, sizeof(int32_t))
        numbers = {}
        cdef int32_t number = 0
        for name, row in rows.items():
            numbers[name] = number
            for lane, weight in row:
                self.row_lane[at], self.row_weight[at] = lane, weight
                at += 1
            number += 1
            self.row_at[number] = at
        return numbers

    cdef inline Piece *_find(self, uint64_t key) noexcept:
        cdef uint64_t at = (key * _SPREAD) >> self.shift
        while self.table[at].key != key and self.table[at].key != 0:
            at = (at + 1) & self.mask
        return &self.table[at]

    cdef Piece *_open(self, uint64_t key) noexcept:
        cdef Piece *found = self._find(key)
        if found.key == 0:
            found.key = key
            found.row[0] = found.row[1] = found.name[0] = found.name[1] = _NOTHING
        return found

    def look(self, str text not None):
        """The pieces of a plain text without its greeting, numbers alike and its ends marked, summed up."""
        cdef Py_ssize_t size = len(text), at, count = 2, i
        cdef Py_UCS4 *signs = <Py_UCS4 *>malloc((size + 2) * sizeof(Py_UCS4))
        if signs == NULL:
            raise MemoryError
        signs[0] = c"^"
        count = 1
        cdef Py_UCS4 sign
        for at in range(size):
            sign = text[at]
            if c"0" <= sign <= c"9":
                if count > 1 and signs[count - 1] == c"0":
                    continue
                sign = c"0"
            signs[count] = sign
            count += 1
        signs[count] = c"$"
        count += 1
        cdef Look look = Look.__new__(Look)
        look.scales = self
        look.names = <int32_t *>malloc(2 * count * 2 * 2 * sizeof(int32_t))
        if look.names == NULL:
            free(signs)
            raise MemoryError
        look.rows = look.names + 2 * count * 2
        self.looks += 1
        if self.looks == 0:
            self._forget()
        cdef int64_t once = 0, often = 0
        cdef Piece *found
        for i in range(count):
            found = self._find(_key(signs[i], 0))
            if found.key != 0:
                self._meet(found, look, &once, &often, i < self.begun)
            if i + 1 < count:
                found = self._find(_key(signs[i], <uint64_t>signs[i + 1] + 1))
                if found.key != 0:
                    self._meet(found, look, &once, &often, i + 1 < self.begun)
        free(signs)
        look.sum, look.rough = self.bias + once, self.bias + often
        return look

    cdef inline void _meet(self, Piece *found, Look look, int64_t *once, int64_t *often, bint early) noexcept:
        cdef int place
        for place in range(2):
            if found.name[place] >= 0 and (place == 0 or early):
                often[0] += found.report[place]
                if found.met[place] != self.looks:
                    found.met[place] = self.looks
                    once[0] += found.report[place]
                    look.alarm += found.alarm[place]
                    look.names[look.count] = found.name[place]
                    look.rows[look.count] = found.row[place]
                    look.count += 1

    cdef void _forget(self) noexcept:
        """Looks are counted anew."""
        cdef uint64_t at
        for at in range(self.mask + 1):
            self.table[at].met[0] = self.table[at].met[1] = 0
        self.looks = 1

    cdef int _add_up(self, Look look, dict extra, int64_t fine) except -1:
        cdef int32_t row, at
        cdef int i, lane
        cdef int64_t often
        cdef double value
        memcpy(self.totals, self.start, self.lanes * sizeof(int64_t))
        for i in range(look.count):
            row = look.rows[i]
            if row >= 0:
                for at in range(self.row_at[row], self.row_at[row + 1]):
                    self.totals[self.row_lane[at]] += self.row_weight[at]
        for lane in range(self.lanes):
            self.totals[lane] *= fine
        for name, value in extra.items():
            row, often = self.extra.get(name, _NOTHING), llrint(value * fine)
            if row >= 0:
                for at in range(self.row_at[row], self.row_at[row + 1]):
                    self.totals[self.row_lane[at]] += self.row_weight[at] * often
        return 0

    def judge(self, Look look, dict extra, int fine, double step):
        """The first lane's total, which of the others is the greatest, and what all others are beside it."""
        self._add_up(look, extra, fine)
        cdef int lane, best = 1
        for lane in range(2, self.lanes):
            if self.totals[lane] > self.totals[best]:
                best = lane
        cdef double shares = 0
        for lane in range(1, self.lanes):
            shares += exp(step * <double>(self.totals[lane] - self.totals[best]))
        return self.totals[0], best - 1, shares

    def weights_of(self, str piece):
        """What a piece adds to each lane."""
        cdef list found = [0] * self.lanes
        cdef int32_t row, at
        cdef Piece *known
        known = self._find(_key(ord(piece[0]), ord(piece[1]) + 1 if len(piece) > 1 else 0))
        if known.key != 0 and known.row[0] >= 0:
            row = known.row[0]
            for at in range(self.row_at[row], self.row_at[row + 1]):
                found[self.row_lane[at]] += self.row_weight[at]
        return found


def total(dict weights not None, dict values not None):
    """What values weigh together, each times its weight; those without one count nothing."""
    cdef double found = 0, value
    for name, value in values.items():
        weight = weights.get(name)
        if weight is not None:
            found += <double>weight * value
    return found


cdef inline uint64_t _key(uint64_t first, uint64_t second) noexcept:
    return (first << 22 | second) + 1


# ------------------------------------------------------------------------------------------------ rules

cdef int _MOST_HITS = 24, _MOST_WAYS = 32, _MOST_MASKS = 48  # bound the work on absurd texts; as in match, scan
cdef int _OTHERS = 31  # kinds of words that have a bit of their own
cdef int32_t _NEVER = 1 << 30  # behind the end of every text
cdef uint8_t _MASK = 1, _DOUBTFUL = 2, _BOUNDED = 4


cdef struct Hit:
    int32_t word
    int32_t start
    int32_t end
    int32_t clause
    int32_t after  # the next hit of the same word, or -1
    int32_t negated  # 1 or 0, -1 where it was not asked


cdef struct Chain:  # the hits of one word in one text
    int32_t first
    int32_t last
    uint32_t met  # the sight that has them


cdef struct Met:  # the words of one set in one text
    uint32_t kinds  # the first 31 by their bits; the last bit is for all others
    uint32_t find  # the find that told so


cdef struct Step:
    int32_t words  # the number of a set
    int32_t gap
    bint tight
    bint free


cdef struct Laid:  # a pattern: steps[first:first + count]
    int32_t rule
    int32_t first
    int32_t count


cdef class Sight:
    """The words of rules in one text, and which patterns may hold there."""

    cdef readonly str text
    cdef readonly list starts
    """Where clauses begin; the first is 0."""
    cdef readonly uint64_t marks
    """The marks of the patterns that may hold."""
    cdef Layer layer
    cdef Hit *hits
    cdef int32_t *order  # the first hit of each word, in order of their ends
    cdef int32_t *clauses
    cdef int count, kinds, clause_count
    cdef uint64_t *candidates
    cdef bint is_sifted

    def __dealloc__(self):
        free(self.hits)
        free(self.order)
        free(self.candidates)
        free(self.clauses)

    def clause_span(self, int clause):
        """Start and end of a clause; its closing sign belongs to it."""
        if clause + 1 < self.clause_count:
            return self.clauses[clause], self.clauses[clause + 1]
        return self.clauses[clause], len(self.text)

    cdef int32_t _clause(self, int32_t at) noexcept:
        cdef int32_t found = 0
        while found + 1 < self.clause_count and self.clauses[found + 1] <= at:
            found += 1
        return found


cdef class Layer:
    """Lays patterns over the words of a text."""

    cdef _Trie trie
    cdef list names, rules
    cdef int width, most_steps
    cdef uint8_t *traits
    cdef int32_t *rows  # two for each word: the patterns of whose most telling step it is, and of whose next
    cdef int32_t *row_at
    cdef uint64_t *alone  # patterns of one step
    cdef uint64_t *marks  # of patterns
    cdef int32_t *sets_at
    cdef int32_t *sets
    cdef Met *sets_met
    cdef int set_count
    cdef Chain *chains
    cdef uint32_t sights, finds
    cdef Step *steps
    cdef Laid *laid
    cdef Laid *unless
    cdef int32_t *unless_at
    cdef int32_t *rank  # of rules, by their ids
    cdef int32_t *ways
    cdef int32_t *longer

    def __init__(self, tables):
        """`tables`: a `laying.Tables`."""
        self.rules = list(tables.rules)
        sets, laid, masks, bounded = tables.sets, tables.laid, tables.masks, tables.bounded
        every = sorted(masks.union(*sets))
        masked = _standing_in(masks, every)
        self.names = every
        self.width = (len(laid) + 63) // 64 or 1
        self.trie = _Trie()
        cdef int32_t number = 0
        cdef size_t count = len(self.names)
        self.traits = <uint8_t *>_room(count, sizeof(uint8_t))
        self.chains = <Chain *>_room(count, sizeof(Chain))
        for word in self.names:
            self.trie.add(word, number)
            if word in masks:
                self.traits[number] |= _MASK
            if word in bounded:
                self.traits[number] |= _BOUNDED
            if word in bounded or word in masked:
                self.traits[number] |= _DOUBTFUL
            number += 1
        self._write_rows(tables.rows, tables.alone)
        self._write_sets(sets)
        self._write_patterns(laid, tables.unless)
        self.marks = <uint64_t *>_room(len(laid), sizeof(uint64_t))
        for number in range(len(laid)):
            self.marks[number] = tables.marks[number]
        self.rank = <int32_t *>_room(len(self.rules), sizeof(int32_t))
        for place, one in enumerate(sorted(range(len(self.rules)), key=lambda one: self.rules[one].id)):
            self.rank[<int>one] = place
        self.ways = <int32_t *>_room(_MOST_WAYS * self.most_steps, sizeof(int32_t))
        self.longer = <int32_t *>_room(_MOST_WAYS * self.most_steps, sizeof(int32_t))

    def __dealloc__(self):
        for room in (
            <size_t>self.traits, <size_t>self.rows, <size_t>self.row_at, <size_t>self.alone, <size_t>self.marks,
            <size_t>self.sets_at,
            <size_t>self.sets, <size_t>self.sets_met, <size_t>self.chains, <size_t>self.steps, <size_t>self.laid,
            <size_t>self.unless, <size_t>self.unless_at, <size_t>self.rank, <size_t>self.ways, <size_t>self.longer,
        ):
            free(<void *><size_t>room)

    cdef int _write_rows(self, rows, alone) except -1:
        cdef int32_t number, at = 0
        cdef list told = [_places(row) for name in self.names for row in rows.get(name, (0, 0))]
        self.row_at = <int32_t *>_room(len(told) + 1, sizeof(int32_t))
        self.rows = <int32_t *>_room(sum(map(len, told)), sizeof(int32_t))
        for number in range(len(told)):
            for bit in told[number]:
                self.rows[at] = bit
                at += 1
            self.row_at[number + 1] = at
        cdef bytes bits = alone.to_bytes(self.width * sizeof(uint64_t), "little")
        self.alone = <uint64_t *>_room(self.width, sizeof(uint64_t))
        memcpy(self.alone, <char *>bits, len(bits))
        return 0

    cdef int _write_sets(self, sets) except -1:
        of_word = {word: [] for word in self.names}
        for number, words in enumerate(sets):
            for word in words:
                of_word[word].append(number)
        cdef size_t count = sum(map(len, of_word.values())), at = 0
        self.sets = <int32_t *>_room(count, sizeof(int32_t))
        self.sets_at = <int32_t *>_room(len(self.names) + 1, sizeof(int32_t))
        self.set_count = len(sets)
        self.sets_met = <Met *>_room(self.set_count, sizeof(Met))
        for place, word in enumerate(self.names):
            for number in of_word[word]:
                self.sets[at] = number
                at += 1
            self.sets_at[<int>place + 1] = at
        return 0

    cdef int _write_patterns(self, laid, unless) except -1:
        cdef list every = [*laid]
        cdef int rule
        self.unless_at = <int32_t *>_room(len(self.rules) + 1, sizeof(int32_t))
        for rule in range(len(self.rules)):
            every += [(rule, steps) for steps in unless.get(rule, ())]
            self.unless_at[rule + 1] = len(every) - len(laid)
        cdef int32_t at = 0, number = 0
        self.most_steps = max([1] + [len(steps) for _, steps in every])
        self.steps = <Step *>_room(sum([len(steps) for _, steps in every]), sizeof(Step))
        self.laid = <Laid *>_room(len(every), sizeof(Laid))
        self.unless = <Laid *>_room(len(every) - len(laid), sizeof(Laid))
        cdef Laid one
        for rule, steps in every:
            one.rule, one.first, one.count = rule, at, len(steps)
            for words, gap, tight, in_any_order in steps:
                self.steps[at].words, self.steps[at].gap = words, gap
                self.steps[at].tight, self.steps[at].free = tight, in_any_order
                at += 1
            if number < len(laid):
                self.laid[number] = one
            else:
                self.unless[number - len(laid)] = one
            number += 1
        return 0

    def sight(self, str text not None):
        """What is seen in `text`."""
        cdef Sight sight = Sight.__new__(Sight)
        sight.text, sight.layer = text, self
        self.sights += 1
        if self.sights == 0:
            memset(self.chains, 0, len(self.names) * sizeof(Chain))
            self.sights = 1
        cdef Py_ssize_t size = len(text), start, at
        cdef int room = 64, i, j
        cdef int32_t node, number
        cdef Edge *edge
        cdef Chain *chain
        cdef Hit *hit
        sight.hits = <Hit *>malloc(room * sizeof(Hit))
        if sight.hits == NULL:
            raise MemoryError
        for start in range(size):
            node, at = 0, start
            while at < size:
                edge = self.trie.step(node, text[at])
                if edge.key == 0:
                    break
                at += 1
                node, number = edge.node, edge.word
                if number < 0:
                    continue
                if sight.count == room:
                    room *= 2
                    hit = <Hit *>realloc(sight.hits, room * sizeof(Hit))
                    if hit == NULL:
                        raise MemoryError
                    sight.hits = hit
                hit = &sight.hits[sight.count]
                hit.word, hit.start, hit.end, hit.after, hit.negated = number, start, at, _NOTHING, -1
                chain = &self.chains[number]
                if chain.met != self.sights:
                    chain.met, chain.first = self.sights, sight.count
                    sight.kinds += 1
                else:
                    sight.hits[chain.last].after = sight.count
                chain.last = sight.count
                sight.count += 1
        sight.order = <int32_t *>malloc((sight.kinds + 1) * sizeof(int32_t))
        sight.candidates = <uint64_t *>malloc(3 * self.width * sizeof(uint64_t))
        if sight.order == NULL or sight.candidates == NULL:
            raise MemoryError
        sight.kinds = 0
        cdef uint64_t *one = sight.candidates + self.width
        cdef uint64_t *two = one + self.width
        cdef int32_t bit
        memset(one, 0, self.width * sizeof(uint64_t))
        memcpy(two, self.alone, self.width * sizeof(uint64_t))
        for i in range(sight.count):
            number = sight.hits[i].word
            if self.chains[number].first != i:
                continue
            self._place(sight, i)
            for j in range(self.row_at[2 * number], self.row_at[2 * number + 1]):
                bit = self.rows[j]
                one[bit >> 6] |= <uint64_t>1 << (bit & 63)
            for j in range(self.row_at[2 * number + 1], self.row_at[2 * number + 2]):
                bit = self.rows[j]
                two[bit >> 6] |= <uint64_t>1 << (bit & 63)
        cdef uint64_t bits
        for i in range(self.width):
            bits = sight.candidates[i] = one[i] & two[i]
            j = 64 * i
            while bits:
                if bits & 1:
                    sight.marks |= self.marks[j]
                bits >>= 1
                j += 1
        return sight

    cdef void _place(self, Sight sight, int32_t first) noexcept:
        """Put the first hit of a word where it belongs in the order of ends."""
        cdef int at = sight.kinds
        cdef Hit *hit = &sight.hits[first]
        cdef Hit *other
        while at > 0:
            other = &sight.hits[sight.order[at - 1]]
            if other.end < hit.end or (other.end == hit.end and other.start < hit.start):
                break
            sight.order[at] = sight.order[at - 1]
            at -= 1
        sight.order[at] = first
        sight.kinds += 1

    cdef int _sift(self, Sight sight) except -1:
        """Find the clauses, and leave out hits that are not meant."""
        if sight.is_sifted:
            return 0
        sight.is_sifted = True
        cdef int i
        self._divide(sight)
        cdef uint8_t traits = 0
        for i in range(sight.count):
            sight.hits[i].clause = sight._clause(sight.hits[i].start)
            traits |= self.traits[sight.hits[i].word]
        if not traits & (_MASK | _BOUNDED):
            return 0
        cdef int32_t[48] masks
        cdef int mask_count = self._masks(sight, masks)
        cdef int kinds = sight.kinds
        cdef int32_t first, at, meant, last
        cdef int32_t *before = <int32_t *>malloc((kinds + 1) * sizeof(int32_t))
        if before == NULL:
            raise MemoryError
        memcpy(before, sight.order, kinds * sizeof(int32_t))
        try:
            sight.kinds = 0
            for i in range(kinds):
                first = before[i]
                traits = self.traits[sight.hits[first].word]
                if traits & _DOUBTFUL and (mask_count or traits & _BOUNDED):
                    at, meant, last = first, _NOTHING, _NOTHING
                    while at >= 0:
                        if self._is_meant(sight, at, masks, mask_count):
                            if last < 0:
                                meant = at
                            else:
                                sight.hits[last].after = at
                            last = at
                        at = sight.hits[at].after
                    if last < 0:
                        continue
                    sight.hits[last].after = _NOTHING
                    first = meant
                self._place(sight, first)
        finally:
            free(before)
        return 0

    cdef int _divide(self, Sight sight) except -1:
        """Where clauses begin, as `scan.clause_starts` tells it."""
        cdef str text = sight.text
        cdef Py_ssize_t size = len(text), at = 0, end
        cdef int room = 8
        cdef int32_t *more
        cdef Py_UCS4 sign, before
        sight.clauses = <int32_t *>malloc(room * sizeof(int32_t))
        if sight.clauses == NULL:
            raise MemoryError
        sight.clauses[0], sight.clause_count = 0, 1
        while at < size:
            sign, end = text[at], at
            if _closes(sign):
                while end < size and _closes(text[end]):
                    end += 1
            elif sign == u" " and at > 0:
                before = text[at - 1]
                while end < size and text[end] == u" ":
                    end += 1
                if before < 128 and (_is_blank(before) or end == size or text[end] < 128):
                    end = at
            elif sign == u".":
                while end < size and text[end] == u".":
                    end += 1
                if end - at < 2:
                    end = at
            if end > at and end < size:
                if sight.clause_count == room:
                    room *= 2
                    more = <int32_t *>realloc(sight.clauses, room * sizeof(int32_t))
                    if more == NULL:
                        raise MemoryError
                    sight.clauses = more
                sight.clauses[sight.clause_count] = end
                sight.clause_count += 1
            at = end if end > at else at + 1
        sight.starts = [sight.clauses[at] for at in range(sight.clause_count)]
        return 0

    cdef int _masks(self, Sight sight, int32_t *masks) noexcept:
        """The first hits of masks, in order of their ends."""
        cdef int count = 0, i, at
        cdef Hit *hit
        cdef Hit *other
        for i in range(sight.count):
            hit = &sight.hits[i]
            if not self.traits[hit.word] & _MASK:
                continue
            at = count
            while at > 0:
                other = &sight.hits[masks[at - 1]]
                if other.end < hit.end or (other.end == hit.end and other.start <= hit.start):
                    break
                if at < _MOST_MASKS:
                    masks[at] = masks[at - 1]
                at -= 1
            if at < _MOST_MASKS:
                masks[at] = i
                count = min(count + 1, _MOST_MASKS)
        return count

    cdef bint _is_meant(self, Sight sight, int32_t at, int32_t *masks, int mask_count) except -1:
        cdef Hit *hit = &sight.hits[at]
        cdef Hit *mask
        cdef int i
        for i in range(mask_count):
            mask = &sight.hits[masks[i]]
            if mask.start <= hit.start and hit.end <= mask.end and hit.end - hit.start < mask.end - mask.start:
                return False
        return not (self.traits[hit.word] & _BOUNDED and cuts(sight.text, hit.start, hit.end))

    def find(self, Sight sight not None):
        """Every rule that holds, once, by its longest-worded match; in order of the text."""
        self._sift(sight)
        cdef int i, j, at, count = 0, room = 0, weight, best, ways
        cdef uint64_t bits
        for i in range(self.width):
            bits = sight.candidates[i]
            while bits:
                bits &= bits - 1
                room += 1
        if room == 0:
            return []
        self._meet(sight)
        cdef int32_t denied = _NEVER
        cdef Py_UCS4 sign
        cdef bint disowned = False
        at = 0
        for sign in sight.text:
            if _denies(sign):
                denied = at
                break
            at += 1
        if denied != _NEVER:
            disowned = "不是" in sight.text
        # of each rule that holds: rule, weight, number of hits, the hits
        cdef int size = 3 + self.most_steps
        cdef int32_t *held = <int32_t *>malloc(room * (size + 1) * sizeof(int32_t))
        cdef int32_t *one
        if held == NULL:
            raise MemoryError
        try:
            for i in range(self.width):
                bits = sight.candidates[i]
                j = 64 * i
                while bits:
                    if bits & 1:
                        ways = self._lay(sight, &self.laid[j], denied, disowned)
                        if ways:
                            weight, best = self._heaviest(sight, ways, self.laid[j].count)
                            self._hold(held, &count, self.laid[j].rule, weight, best, self.laid[j].count)
                    bits >>= 1
                    j += 1
            return self._matches(sight, held, held + room * size, count)
        finally:
            free(held)

    cdef (int, int) _heaviest(self, Sight sight, int ways, int steps) noexcept:
        cdef int i, j, weight, most = -1, best = 0
        cdef Hit *hit
        for i in range(ways):
            weight = 0
            for j in range(steps):
                hit = &sight.hits[self.ways[i * self.most_steps + j]]
                weight += hit.end - hit.start
            if weight > most:
                most, best = weight, i
        return most, best

    cdef void _hold(self, int32_t *held, int *count, int32_t rule, int weight, int way, int steps) noexcept:
        """Keep a way for a rule, where it is its heaviest."""
        cdef int size = 3 + self.most_steps, i = 0
        while i < count[0] and held[i * size] != rule:
            i += 1
        cdef int32_t *one = held + i * size
        if i == count[0]:
            count[0] += 1
        elif weight <= one[1]:
            return
        one[0], one[1], one[2] = rule, weight, steps
        memcpy(one + 3, self.ways + way * self.most_steps, steps * sizeof(int32_t))

    cdef list _matches(self, Sight sight, int32_t *held, int32_t *places, int count):
        """The matches in order of the text; `places` is room for as many numbers."""
        cdef int size = 3 + self.most_steps, i, j, k, at, kept = 0
        cdef int32_t *one
        cdef int32_t hit
        cdef list found = []
        for i in range(count):
            one = held + i * size
            if self._is_lifted(sight, one[0], one + 3, one[2]):
                continue
            for j in range(1, one[2]):  # in order of the text
                hit, k = one[3 + j], j
                while k > 0 and sight.hits[one[2 + k]].start > sight.hits[hit].start:
                    one[3 + k] = one[2 + k]
                    k -= 1
                one[3 + k] = hit
            at = kept  # put it where it belongs in the text
            while at > 0 and self._is_before(sight, one, held + places[at - 1] * size):
                places[at] = places[at - 1]
                at -= 1
            places[at] = i
            kept += 1
        for i in range(kept):
            one = held + places[i] * size
            hits = tuple([self._told(sight, one[3 + j]) for j in range(one[2])])
            words = tuple([self.names[sight.hits[one[3 + j]].word] for j in range(one[2])])
            found.append(_new(Match, (self.rules[one[0]], hits, words, one[1])))
        return found

    cdef bint _is_before(self, Sight sight, int32_t *one, int32_t *other) noexcept:
        """Whether a match stands before another in the text; at one place the ids of rules decide."""
        cdef int32_t here = sight.hits[one[3]].start, there = sight.hits[other[3]].start
        return here < there or (here == there and self.rank[one[0]] < self.rank[other[0]])

    cdef tuple _told(self, Sight sight, int32_t at):
        cdef Hit *hit = &sight.hits[at]
        return self.names[hit.word], hit.start, hit.end, hit.clause

    cdef bint _is_lifted(self, Sight sight, int32_t rule, int32_t *way, int steps) except -1:
        """Whether one of the rule's `unless` holds near the match: in its clauses or beside them."""
        cdef int32_t first = self.unless_at[rule], after = self.unless_at[rule + 1], clause
        if first == after:
            return False
        cdef int32_t low = sight.hits[way[0]].clause, high = low
        cdef int i, j, ways
        for i in range(1, steps):
            clause = sight.hits[way[i]].clause
            low, high = min(low, clause), max(high, clause)
        for i in range(first, after):
            ways = self._lay(sight, &self.unless[i], _NEVER, False)
            for j in range(ways * self.unless[i].count):
                clause = sight.hits[
                    self.ways[j // self.unless[i].count * self.most_steps + j % self.unless[i].count]
                ].clause
                if low - 1 <= clause <= high + 1:
                    return True
        return False

    cdef void _meet(self, Sight sight) noexcept:
        """Tell of every set which of its words are seen."""
        cdef int i
        cdef int32_t at, word
        cdef Met *met
        self.finds += 1
        if self.finds == 0:
            memset(self.sets_met, 0, self.set_count * sizeof(Met))
            self.finds = 1
        for i in range(sight.kinds):
            word = sight.hits[sight.order[i]].word
            for at in range(self.sets_at[word], self.sets_at[word + 1]):
                met = &self.sets_met[self.sets[at]]
                if met.find != self.finds:
                    met.find, met.kinds = self.finds, 0
                met.kinds |= <uint32_t>1 << min(i, _OTHERS)

    cdef int _gather(self, Sight sight, int32_t words, int32_t *into) noexcept:
        """The hits of a set of words, up to a bound, in order of the scan."""
        cdef Met *met = &self.sets_met[words]
        cdef int count = 0, i = 0
        if met.find != self.finds:
            return 0
        cdef uint32_t kinds = met.kinds
        while kinds and i < _OTHERS and count < _MOST_HITS:
            if kinds & 1:
                count = self._gather_kind(sight, i, into, count)
            kinds >>= 1
            i += 1
        if kinds and i == _OTHERS:
            for i in range(_OTHERS, sight.kinds):
                if self._holds(sight.hits[sight.order[i]].word, words):
                    count = self._gather_kind(sight, i, into, count)
        return count

    cdef inline int _gather_kind(self, Sight sight, int kind, int32_t *into, int count) noexcept:
        cdef int32_t hit = sight.order[kind]
        while hit >= 0 and count < _MOST_HITS:
            into[count] = hit
            count += 1
            hit = sight.hits[hit].after
        return count

    cdef bint _holds(self, int32_t word, int32_t words) noexcept:
        """Whether a set has a word."""
        cdef int32_t low = self.sets_at[word], high = self.sets_at[word + 1], middle
        while low < high:
            middle = (low + high) // 2
            if self.sets[middle] < words:
                low = middle + 1
            else:
                high = middle
        return low < self.sets_at[word + 1] and self.sets[low] == words

    cdef int _lay(self, Sight sight, Laid *laid, int32_t denied, bint disowned) except -1:
        """Every way (up to a bound) the steps lie over the text, without those negated from `denied` on."""
        cdef int32_t[24] some
        cdef Step *step = &self.steps[laid.first]
        cdef int count = self._gather(sight, step.words, some), ways = 0, i, j, k, more
        cdef int32_t *turn
        cdef Hit *last
        cdef Hit *hit
        cdef bint fits
        for i in range(count):
            if disowned and laid.count > 1 and is_disowned(self._told(sight, some[i]), sight):
                continue
            self.ways[ways * self.most_steps] = some[i]
            ways += 1
        for k in range(1, laid.count):
            if not ways:
                return 0
            step = &self.steps[laid.first + k]
            count, more = self._gather(sight, step.words, some), 0
            for i in range(ways):
                last = &sight.hits[self.ways[i * self.most_steps + k - 1]]
                for j in range(count):
                    hit = &sight.hits[some[j]]
                    if hit.start >= last.end:
                        fits = hit.start - last.end <= step.gap and (hit.clause == last.clause or not step.tight)
                    else:
                        fits = (
                            step.free
                            and last.start - hit.end <= step.gap
                            and not self._overlaps(sight, self.ways + i * self.most_steps, k, hit)
                        )
                    if fits and more < _MOST_WAYS:
                        memcpy(
                            self.longer + more * self.most_steps,
                            self.ways + i * self.most_steps,
                            k * sizeof(int32_t),
                        )
                        self.longer[more * self.most_steps + k] = some[j]
                        more += 1
            turn = self.ways
            self.ways, self.longer, ways = self.longer, turn, more
        if denied == _NEVER:
            return ways
        more = 0
        for i in range(ways):
            j = self.ways[i * self.most_steps + laid.count - 1]
            if sight.hits[j].start >= denied and self._is_negated(sight, j):
                continue
            if more != i:
                memcpy(
                    self.ways + more * self.most_steps,
                    self.ways + i * self.most_steps,
                    laid.count * sizeof(int32_t),
                )
            more += 1
        return more

    cdef bint _overlaps(self, Sight sight, int32_t *way, int steps, Hit *hit) noexcept:
        cdef int i
        cdef Hit *other
        for i in range(steps):
            other = &sight.hits[way[i]]
            if hit.start < other.end and other.start < hit.end:
                return True
        return False

    cdef bint _is_negated(self, Sight sight, int32_t at) except -1:
        """As `laying.is_negated`."""
        cdef Hit *hit = &sight.hits[at]
        cdef str text = sight.text
        cdef Py_ssize_t i, first
        cdef Py_UCS4 sign
        if hit.negated < 0:
            hit.negated = 0
            sign = text[hit.start]
            if hit.start > 0 and hit.end - hit.start > 1 and (sign == u"不" or sign == u"没"):
                hit.negated = text[hit.start - 1] == text[hit.start + 1]
            first = max(sight.clauses[hit.clause], hit.start - 6)
            for i in range(first, hit.start):
                if not hit.negated and _denies(text[i]):
                    hit.negated = denies(text[first : hit.start])
        return hit.negated


def _places(bits):
    """Which bits are set."""
    found = []
    while bits:
        found.append((bits & -bits).bit_length() - 1)
        bits &= bits - 1
    return found


def _standing_in(masks, words):
    """The words that stand in a longer one of `masks`."""
    lying = Lookout(words)
    return {word for mask in masks for word in lying.seen(mask) if word != mask}


cdef inline bint _closes(Py_UCS4 sign) noexcept:
    """Whether a clause ends with a sign: ,。!?;、~… or the end of a line."""
    return (
        sign == u"," or sign == u"。" or sign == u"!" or sign == u"?" or sign == u";" or sign == u"、"
        or sign == u"\n" or sign == u"~" or sign == u"…"
    )


cdef inline bint _is_blank(Py_UCS4 sign) noexcept:
    """Whether a character below 128 is white space."""
    return 9 <= sign <= 13 or 28 <= sign <= 32


cdef inline bint _denies(Py_UCS4 sign) noexcept:
    return sign == u"没" or sign == u"未" or sign == u"不" or sign == u"别" or sign == u"非"
