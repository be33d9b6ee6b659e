-- Counting G: how many keys a row reads when the rule is a window, and when it is a union of parts
-- that overlap; and from which number a text counts its positions.
--
-- Exercises of windows stand here until that lesson exists.

local at = require "attend"
local P = at.pattern
local slips = require "lib.slips"
local draw = require "lib.draw"

local n = draw.n

local function window(w) return P.window { w = w }:at(n) end

-- The first row in which all of a pattern's keys are apart: it holds `size` keys.
local function first_full_row(g, size)
  for i = 0, n - 1 do
    if g:count(i) == size then return i end
  end
  return nil
end

return at.lesson {
  api = 1, id = "sinks-overlap", version = "1.0.0", title = "Counting G", minutes = 25,
  needs = { "dense-vs-sparse" },
  goals = {
    "count the keys of a window, near the start too",
    "say whether a window counts the query's own key",
    "count a union: shared keys once",
    "count alike from 0 and from 1",
  },
  nodes = {
    "Question: 1024 tokens, first token + self + two before (i > 3), position 500: how many pairs? (1-based)",
  },

  at.page("last-w", {
    [[
## The last w keys
A sliding window keeps the last w keys, the query's own first of all: with w = 4, {row:12} reads 9, 10, 11 and 12.]],
    at.figure { n = n, row = 12, recipe = P.window { w = at.slider(1, 16, 4, "window w") } },
    at.reveal(),
    [[
As an interval: from i - w + 1 to i. From a to b inclusive there are b - a + 1 keys: count the posts of the fence, not the gaps between them.]],
    at.reveal(),
    [[
Near the start there aren't w keys yet: look at {row:1}. So the interval is cut at 0, and row i holds **min(w, i + 1)** keys.]],
    at.notes "Ask for row 12 with w = 5 before anyone moves the slider: 7-12 is a frequent answer, and it has six keys.",
  }),

  at.ask("window", function(rng)
    local w = rng:int(4, 8)
    local i = rng:pick { rng:int(1, w - 2), rng:int(w, 14), rng:int(w, 14) }
    local g = window(w)
    local right = g:count(i)
    local early = i < w - 1
    return at.integer {
      ("n = %d, causal, window w = %d with the own key counted, positions from 0. How many keys does query %d read?"):format(n, w, i),
      figure = at.figure { pattern = g, row = i, hide = { "row", "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { early and w or nil, "short-rows", ("The window would like %d keys, but there is nothing before key 0. Query %d has only keys 0 to %d."):format(w, i, i) },
        { not early and right + 1 or nil, "extra-self", ("A window of %d holds %d keys, the own one among them: %s."):format(w, w, draw.runs(g:row(i))),
          keys = g:row(i):union(at.set { math.max(i - w, 0) }) },
        { right - 1, "no-self", ("You left out the query's own key %d. It is one of the %d."):format(i, w), keys = g:row(i):minus(at.set { i }) },
        { early and right + 1 or nil, "fencepost", ("Keys 0 to %d are %d keys: b - a + 1."):format(i, i + 1) },
        { i + 1, "dense" },
        { math.min(i, w - 1) + math.min(n - 1 - i, w - 1) + 1, "two-sided" },
      }),
      tries = { 3, 2, 1 },
      hints = { "Write the window as an interval: from i - w + 1 to i.", "Cut it at 0 and count b - a + 1 keys." },
      explain = early
        and ("From %d - %d + 1 = %d to %d; there is no key below 0, so keys %s are left: %s."):format(i, w, i - w + 1, i, draw.runs(g:row(i)), draw.some(right, "key"))
        or ("From %d - %d + 1 = %d to %d: %d - %d + 1 = %d keys."):format(i, w, i - w + 1, i, i, i - w + 1, right),
      read_again = { ["short-rows"] = "last-w", ["extra-self"] = "last-w", ["no-self"] = "last-w" },
    }
  end),

  at.page("own-key", {
    [[
## Who counts the own key?
Not everybody does. Many kernels ask for **left neighbours**: left = 4 means four keys before the query *and* its own, five in all. Compare with a window of w = 4.]],
    (function()
      local p = at.slider(1, 12, 4, "left, and w")
      return at.figure { n = n, row = 12, recipe = P.band { left = p }, compare = P.window { w = p } }
    end)(),
    at.reveal(),
    [[
And "the four *strictly before*" leaves the own key out: four keys, and none at all in row 0.

One number, three different sets. When you read "a window of 4096", ask whether the own key is one of them.]],
  }),

  at.ask("left", function(rng)
    local p = rng:int(3, 8)
    local i = rng:pick { rng:int(1, p - 1), rng:int(p, 14), rng:int(p, 14) }
    local g = P.band { left = p }:at(n)
    local right = g:count(i)
    local early = i < p
    return at.integer {
      ("n = %d, causal, positions from 0. A kernel is called with left = %d: that many neighbours before the query, and the query's own key. How many keys does query %d read?"):format(n, p, i),
      figure = at.figure { pattern = g, row = i, hide = { "row", "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { not early and p or nil, "left-is-w", nil, keys = g:row(i):minus(at.set { math.max(i - p, 0) }) },
        { early and p + 1 or nil, "short-rows", ("%d neighbours and the own key would be %d, but only keys 0 to %d exist up to here."):format(p, p + 1, i) },
        { early and p or nil, "short-rows", ("Query %d has only %s before it, and then its own."):format(i, draw.some(i, "key")) },
        { right - 1, "no-self" },
        { right + 1, "fencepost", ("Keys %s: from a to b inclusive there are b - a + 1 keys."):format(draw.runs(g:row(i))) },
        { i + 1, "dense" },
        { math.min(i, p) + math.min(n - 1 - i, p) + 1, "two-sided" },
      }),
      tries = { 3, 2, 1 },
      hints = { "Mark the own key, then go left.", "Do that many neighbours exist?" },
      explain = ("Query %d reads %s: %s before it and the own one, %d in all.%s"):format(i, draw.braces(g:row(i)), draw.some(right - 1, "key"), right,
        early and " Before key 0 there is nothing." or ""),
      read_again = { ["left-is-w"] = "own-key" },
    }
  end),

  at.page("all-rows", {
    [[
## All rows together
If every row held w keys, n rows would hold n · w. But the first ones are short: with w = 4, row 0 lacks three keys, row 1 two and {row:2} one.]],
    at.figure {
      n = at.slider(4, 32, 16, "tokens n"), row = 2, recipe = P.window { w = at.slider(1, 8, 4, "window w") },
      gauges = { "total" },
    },
    at.reveal(),
    [[
The missing corner is 1 + … + (w - 1), which is w(w - 1)/2. So the matrix holds **n · w - w(w - 1)/2** cells: here 16 · 4 - 6 = 58.]],
  }),

  at.ask("total", function(rng)
    local size, w = rng:int(10, 32), rng:int(2, 8)
    local g = P.window { w = w }:at(size)
    local right = g:total()
    local corner = w * (w - 1) // 2
    return at.integer {
      ("n = %d, causal, window w = %d with the own key counted. How many cells does the whole matrix hold?"):format(size, w),
      figure = at.figure { pattern = g, row = 0, hide = { "counts" } },
      names = { n = size, w = w },
      right = right,
      wrong = slips.rows(right, {
        { size * w, "short-rows", ("%d rows of %d would be %d. But the first %s too short: there is nothing before key 0."):format(size, w, size * w,
          w == 2 and "row is" or ("%d rows are"):format(w - 1)) },
        { size * w - w * (w + 1) // 2, "fencepost", ("Row %d already has all %d keys. Only %s."):format(w - 1, w,
          w == 2 and "row 0 lacks one" or ("rows 0 to %d lack some"):format(w - 2)) },
        { size * (w - 1), "no-self" },
        { size * w + corner, "short-rows", "The corner is missing: take it away instead of adding it." },
        { size * (size + 1) // 2, "dense", "That is the whole triangle; the window keeps a band of it." },
        { w, "last-row", "That is one row. Asked is the sum of all." },
      }),
      tries = { 3, 2, 1 },
      hints = { "Full rows times their size, minus the missing corner.", ("Row 0 lacks %s. How many rows lack any?"):format(draw.some(w - 1, "key")) },
      explain = ("%d · %d = %d, less the corner %d · %d / 2 = %d: %d cells."):format(size, w, size * w, w, w - 1, corner, right),
      read_again = { ["short-rows"] = "all-rows" },
    }
  end),

  at.page("union", {
    [[
## Two parts, one set
Now every query reads the first s keys as well: the **sinks**. $G_i$ is the **union** of sinks and window. A key in both is *one* key of the set and counts once.]],
    at.figure {
      n = n, row = 12,
      recipe = P.sink { s = at.slider(0, 6, 2, "sinks s") } | P.window { w = at.slider(1, 10, 4, "window w") },
    },
    at.reveal(),
    [[
Go up to {row:4}: window 1-4, sinks 0-1. Key 1 is in both: 2 + 4 - 1 = 5 keys.

From row s + w - 1 on the window has left the sinks. Nothing is shared any more: s + w keys.]],
    at.notes "Key 1 in row 4 decides it: ask in how many of the two parts it lies, and how often the softmax meets it.",
  }),

  at.ask("count", function(rng)
    local s, w = rng:int(2, 4), rng:int(3, 7)
    local last = s + w - 1 -- the first row whose parts are apart
    local i = rng:pick { rng:int(w, math.max(w, last - 1)), rng:int(w, math.max(w, last - 1)), rng:int(1, w - 1), rng:int(last, 15) }
    local g = P.streaming { s = s, w = w }:at(n)
    local sinks, band = P.sink { s = s }:at(n), window(w)
    local shared = (P.sink { s = s } & P.window { w = w }):at(n):row(i)
    local right = g:count(i)
    return at.integer {
      ("n = %d, causal, positions from 0. Each query reads the first %d keys and the last %d, its own among them. How many keys does query %d read?"):format(n, s, w, i),
      figure = at.figure { pattern = g, row = i, hide = { "row", "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { sinks:count(i) + band:count(i), "sum-not-union", ("You added %d and %d. Counted twice: %s %s."):format(
          sinks:count(i), band:count(i), shared:count() == 1 and "key" or "keys", draw.runs(shared)) },
        { band:count(i), "no-sinks", nil, keys = band:row(i) },
        { i + 1 < s + w and s + w or nil, "short-rows", ("Later rows hold %d + %d keys. Query %d has only %d keys to choose from."):format(s, w, i, i + 1) },
        { right - 1, "no-self", nil, keys = g:row(i):minus(at.set { i }) },
        { right + 1, "fencepost", ("The window is %d to %d. From a to b inclusive there are b - a + 1 keys."):format(math.max(0, i - w + 1), i) },
        { i + 1, "dense" },
      }),
      tries = { 3, 2, 1 },
      hints = { "Write the row as runs: the sinks, then the window from i - w + 1 to i.", "Do the two runs touch or overlap? Then count their keys once." },
      explain = ("Sinks %s, window %s: together %s, that is %s.%s"):format(
        draw.runs(sinks:row(i)), draw.runs(band:row(i)), draw.braces(g:row(i)), draw.some(right, "key"),
        shared:count() > 0 and (" In both, so counted once: %s %s."):format(shared:count() == 1 and "key" or "keys", draw.runs(shared)) or " Nothing is shared here."),
      read_again = { ["sum-not-union"] = "union", ["no-sinks"] = "union", ["short-rows"] = "last-w" },
    }
  end),

  at.ask("overlap", function(rng)
    local s, w = rng:int(2, 5), rng:int(4, 8)
    local i = rng:int(w, s + w - 2)
    local both = (P.sink { s = s } & P.window { w = w }):at(n)
    local g = P.streaming { s = s, w = w }:at(n)
    local right = both:count(i)
    return at.integer {
      ("n = %d, causal, positions from 0. Sinks s = %d, window w = %d with the own key counted. How many keys of row %d lie in both parts?"):format(n, s, w, i),
      figure = at.figure { pattern = g, row = i, hide = { "rule", "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { s, "short-rows", ("Row %d's window begins at key %d: not all %d sinks are in it."):format(i, i - w + 1, s) },
        { right + 1, "fencepost", ("The window begins at %d - %d + 1 = %d."):format(i, w, i - w + 1) },
        { right - 1, "fencepost", ("From key %d to key %d, both ends counted."):format(i - w + 1, s - 1) },
        { 0, "multiset", ("Key %d is a sink and lies in the window."):format(s - 1) },
        { g:count(i), "sum-not-union", "That is the size of the union. Asked are the keys that lie in both." },
        { s + w, "sum-not-union", "That is the sum of the two sizes. Asked are the keys that lie in both." },
      }),
      tries = { 3, 2, 1 },
      hints = { ("Where does the window of row %d begin?"):format(i), ("The sinks end at key %d."):format(s - 1) },
      explain = ("The window of row %d is %d-%d, the sinks are 0-%d. Both hold %s: %s."):format(i, i - w + 1, i, s - 1, draw.braces(both:row(i)), draw.some(right, "key")),
      read_again = { ["short-rows"] = "union", ["sum-not-union"] = "union" },
    }
  end),

  at.ask("saturated", function(rng)
    local s, w = rng:int(1, 4), rng:int(3, 8)
    local g = P.streaming { s = s, w = w }:at(n)
    local right = first_full_row(g, s + w)
    return at.integer {
      ("n = %d, causal, positions from 0. Sinks s = %d, window w = %d with the own key counted. Which is the first row that holds all %d + %d keys?"):format(n, s, w, s, w),
      figure = at.figure { pattern = g, row = 0, hide = { "counts" } },
      names = { s = s, w = w },
      right = right,
      wrong = slips.rows(right, {
        { s + w, "fencepost", ("Row %d holds %d keys, but so does the row before it: row i may see i + 1 keys."):format(s + w, s + w) },
        { s + w - 2, "fencepost", ("Row %d may see only %d keys, 0 to %d."):format(s + w - 2, s + w - 1, s + w - 2) },
        { w - 1, "one-part", ("In row %d the window is full, but the sinks lie inside it: %d keys."):format(w - 1, g:count(w - 1)) },
        { w, "one-part", ("In row %d the window is full, but it still shares keys with the sinks: %d keys."):format(w, g:count(w)) },
        { n - 1, "last-row", "The last row has them, but it isn't the first." },
      }),
      tries = { 3, 2, 1 },
      hints = { "The window must have left the sinks: it begins right after them.", ("Which i gives i - w + 1 = %d?"):format(s) },
      explain = ("The window begins at i - %d + 1. It has left the sinks 0-%d when that is %d: i = %d + %d - 1 = %d."):format(w, s - 1, s, s, w, right),
      read_again = { ["one-part"] = "union" },
    }
  end),

  at.page("global-token", {
    [[
## A key in the middle
A **global** token is read by every query, and reads every key itself. Here 0 and 8 are global; the rest is a window of 4.

In a causal matrix only *later* rows can read key 8: look at {row:5}. And the own row of 8 is dense.]],
    at.figure { n = n, row = 8, recipe = P.window { w = 4 } | P.global { at = { 0, 8 } } },
    at.reveal(),
    [[
Rows 9 to 11 have key 8 in their window already. From row 12 on it is one key more.

So there are four cases: before a global, its own row, soon after it, and far from it.]],
  }),

  at.ask("globals", function(rng)
    local w, hub = rng:int(3, 4), rng:int(7, 9)
    local i = rng:pick { rng:int(w + 1, hub - 1), hub, rng:int(hub + 1, hub + w - 1), rng:int(hub + w, 15) }
    local rule = P.window { w = w } | P.global { at = { 0, hub } }
    local g = rule:at(n)
    local columns = (P.window { w = w } | P.keys { at = { 0, hub } }):at(n)
    local right = g:count(i)
    local own_row = ("Token %d is global itself: its own row sees everything before it."):format(hub)
    local explain
    if i < hub then
      explain = ("Key %d is future here. Window %d-%d and key 0: %d keys."):format(hub, i - w + 1, i, right)
    elseif i == hub then
      explain = ("Query %d is global: its row sees everything up to itself, 0 to %d: %d keys."):format(hub, hub, right)
    elseif i < hub + w then
      explain = ("Key %d is in the window %d-%d already. With key 0: %d keys."):format(hub, i - w + 1, i, right)
    else
      explain = ("Window %d-%d, and keys 0 and %d: %d keys."):format(i - w + 1, i, hub, right)
    end
    return at.integer {
      ("n = %d, causal, positions from 0. Window w = %d with the own key counted, and tokens 0 and %d are global. How many keys does query %d read?"):format(n, w, hub, i),
      figure = at.figure { pattern = g, row = i, hide = { "row", "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { i == hub and columns:count(i) or nil, "one-part", own_row, keys = columns:row(i) },
        { i == hub and w + 2 or nil, "sum-not-union", own_row },
        { i == hub and w or nil, "one-part", own_row },
        { i < hub and w + 2 or nil, "two-sided", ("Key %d comes after query %d. A causal row can't read it, global or not."):format(hub, i) },
        { w + 2, "sum-not-union", ("%d + 2 holds where window and globals are apart. Here key %d is in the window."):format(w, hub) },
        { w, "no-sinks", "The window is right; the global keys that the query may see are read as well." },
        { w + 1, "one-part", "There is one more: both global keys lie before the window here." },
        { right - 1, "no-self" },
        { i + 1, "dense", "That is the whole dense row. Only a global query reads that much." },
        { n, "two-sided" },
      }),
      tries = { 3, 2, 1 },
      hints = { ("Is query %d itself global? Does key %d lie before it?"):format(i, hub), "Write the window as a run, then add the global keys that aren't in it." },
      explain = explain .. (" G_%d = %s."):format(i, draw.braces(g:row(i))),
      read_again = { ["sum-not-union"] = "global-token", ["one-part"] = "global-token", ["two-sided"] = "global-token" },
    }
  end),

  at.page("from-one", {
    [[
## From 0 or from 1?
Programs count from 0, books often from 1. The set is the same; its numbers move by one.

Position 5 counted from 1 is {row:4}: it may see 5 tokens. Counted from 0, position 5 may see 6.]],
    at.figure { n = n, row = 4, recipe = P.streaming { s = 1, w = 3 } },
    at.reveal(),
    [[
The figure is "the first token, itself and the two before". From row 3 on there are four keys. Counted from 1 that is "for i > 3".]],
    at.reveal(),
    [[
Whoever names a position should say where counting starts. Here it is 0, unless the line says 1.]],
  }),

  at.ask("base", function(rng)
    local w = rng:int(6, 9)
    local p = rng:int(3, w - 2)
    local base = rng:int(0, 1)
    local g = window(w)
    local right = g:count(p - base)
    local other = g:count(p - 1 + base)
    return at.integer {
      ("n = %d, causal, window w = %d with the own key counted. Positions are counted **from %d**. How many keys does position %d read?"):format(n, w, base, p),
      figure = at.figure { pattern = g, row = n - 1, hide = { "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { other, "base-shift", ("That would be right if counting began at %d. Here the first token is position %d."):format(1 - base, base) },
        { w, "short-rows", ("The window could hold %d, but position %d has fewer keys before it."):format(w, p) },
        { right - 1, "no-self" },
        { right + 1, "fencepost", ("From position %d to position %d, both counted."):format(base, p) },
      }),
      tries = { 3, 2, 1 },
      hints = { ("The first token is position %d. List the positions up to %d."):format(base, p), "The figure counts from 0." },
      explain = base == 0
        and ("Positions 0 to %d: %d keys, all inside the window of %d."):format(p, right, w)
        or ("Positions 1 to %d: %d keys, all inside the window of %d. In the figure that is row %d."):format(p, right, w, p - 1),
      read_again = { ["base-shift"] = "from-one" },
    }
  end),

  at.ask("why-three", function(rng)
    local s, before = rng:int(1, 2), rng:int(2, 4)
    local p = rng:int(1, s + before)
    local g = P.streaming { s = s, w = before + 1 }:at(n)
    local right = g:count(p - 1)
    local first = s == 1 and "the first token" or ("the first %d tokens"):format(s)
    return at.integer {
      ("Counted **from 1**: for i > %d, token i attends to %s, to itself and to the %d tokens before it. Read the rule for i = %d too, as far as there are tokens. To how many does it attend?")
        :format(s + before, first, before, p),
      figure = at.figure { pattern = g, row = n - 1, hide = { "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { s + before + 1, "short-rows", ("Only tokens 1 to %d exist up to here; the parts overlap or are cut off. That is why the rule says i > %d."):format(p, s + before) },
        { math.min(s, p) + math.min(before + 1, p), "sum-not-union", "You counted the tokens that are both first and near twice." },
        { g:count(p), "base-shift", ("Counted from 1, position %d has only %s before it."):format(p, draw.some(p - 1, "token")) },
        { right - 1, "no-self", "The token attends to itself as well." },
      }),
      tries = { 3, 2, 1 },
      hints = { ("List the tokens that exist: 1 to %d."):format(p), "Which of them is in none of the parts?" },
      explain = ("Tokens 1 to %d exist, and each of them is first, near or itself: %d. Up to i = %d the parts overlap; after that there are always %d, so the rule is stated for i > %d.")
        :format(p, right, s + before, s + before + 1, s + before),
      read_again = { ["base-shift"] = "from-one", ["short-rows"] = "from-one", ["sum-not-union"] = "union" },
    }
  end),

  at.ask("position-500", function(rng)
    -- One deal in three is the question as it is known, among them the first of self-study; the
    -- others are its variants.
    local s, before, p = 1, 2, 500
    if rng:int(1, 3) < 3 then s, before, p = rng:int(1, 4), rng:int(1, 8), rng:int(100, 1000) end
    local tokens = 1024
    local g = P.streaming { s = s, w = before + 1 }:at(tokens)
    local right = g:count(p - 1)
    local first = s == 1 and "the first token" or ("the first %d tokens"):format(s)
    local near = before == 1 and "the token just before it" or ("the %s tokens just before it"):format(
      ({ [2] = "two", [3] = "three", [4] = "four", [5] = "five", [6] = "six", [7] = "seven", [8] = "eight" })[before])
    local runs = {}
    runs[1] = s == 1 and "1" or ("1-%d"):format(s)
    runs[2] = ("%d-%d"):format(p - before, p)
    return at.integer {
      ("A sequence has %d tokens, counted **from 1**. In a causal sparse attention, token i (for i > %d) attends to %s, to itself and to %s. How many query-key pairs are computed for the token at position %d?")
        :format(tokens, s + before, first, near, p),
      right = right,
      wrong = slips.rows(right, {
        { right - 1, "no-self", "One is missing. Count the first, the own one, and all that stand just before it." },
        { before + 1, "no-sinks", ("The near ones are right. %s attended to as well, however far away."):format(s == 1 and "The first token is" or "The first tokens are") },
        { right + 1, "fencepost", ("The near ones are %d to %d: %d - %d + 1 = %d tokens, the own one among them."):format(p - before, p, p, p - before, before + 1) },
        { s + before + before + 1, "two-sided", "You counted tokens after the query as well; the rule names only those before it." },
        { p, "dense", ("That is the dense row: position %d may see %d tokens, but the rule asks for few of them."):format(p, p) },
        { p - 1, "dense", "That is all tokens before it; the rule asks for few of them." },
        { g:total(), "last-row", "Those are the pairs of all positions together. Asked is one of them." },
        { tokens, "dense", "That many tokens there are. How many of them does the rule name?" },
      }),
      tries = { 3, 2, 1 },
      hints = { "Write down the positions that it attends to, as runs.", ("The near ones run from %d - %d to %d."):format(p, before, p) },
      explain = ("Token %d attends to {%s}, counted from 1: %d + %d = %d pairs. It is far from the start, so the parts are apart; neither the %d tokens nor the place itself plays a part.")
        :format(p, table.concat(runs, ", "), s, before + 1, right, tokens),
      read_again = { ["fencepost"] = "last-w", ["no-sinks"] = "union", ["dense"] = "from-one", ["no-self"] = "from-one" },
    }
  end),

  at.page("end", {
    [[
## What you can say now
- Row i of a window holds min(w, i + 1) keys, the own one counted.
- A union counts a key once. Sizes may be added only where the parts are apart.
- Ask of every number: is the own key in it, and where does counting start?

Next: not how many keys, but who chooses them.]],
    at.figure {
      n = n, row = 12, compare = "dense",
      recipe = P.streaming { s = at.slider(0, 8, 1, "sinks s"), w = at.slider(1, 16, 3, "window w") },
    },
  }),
}
