-- Dense and sparse, side by side: what a row of the attention matrix is, what it means to skip a
-- cell, and what skipping does to the weights that stay.
--
-- Exercises of dense-attention and index-set stand here until those lessons exist.

local at = require "attend"
local P = at.pattern
local slips = require "lib.slips"
local draw = require "lib.draw"

-- The window that the pages show, and the three cells of one of its rows that look empty.
local shown = P.window { w = 4 }:at { n = draw.n, content = draw.words() }
local query = 12

local function weakest_key(pattern, i)
  local weight, weakest = pattern:weights(i), nil
  for _, j in ipairs(pattern:row(i):list()) do
    if not weakest or weight[j + 1] < weight[weakest + 1] then weakest = j end
  end
  return weakest
end

-- Four patterns that a picture can be taken for, all of one size.
local function four_patterns(l)
  return {
    { id = "window",  recipe = P.window { w = l },        shape = "a band along the diagonal" },
    { id = "strided", recipe = P.strided { l = l },       shape = "a band, and a comb of diagonals behind it" },
    { id = "fixed",   recipe = P.fixed { l = l, c = 1 },  shape = "blocks on the diagonal, and columns below them" },
    { id = "block",   recipe = P.block { b = l },         shape = "blocks on the diagonal and nothing else" },
    { id = "stride",  recipe = P.stride { s = l },        shape = "diagonals, one every few keys" },
  }
end

return at.lesson {
  api = 1, id = "dense-vs-sparse", version = "1.0.0", title = "Dense and sparse, side by side", minutes = 25,
  needs = {},
  goals = {
    "read a row of the attention matrix",
    "tell future, skipped and small apart",
    "say by how much kept weights grow, and why by one factor",
    "know a pattern by its picture",
  },
  nodes = { "Comparison of Dense and Sparse Attention Matrices" },

  at.page("row", {
    [[
## One row, one query
Sixteen words, and a row for each. The query *on* is {row:12}: it asks every word up to itself how much it matters. The line under the figure shows how small and large shares look.]],
    at.figure { n = draw.n, row = query, view = "weights", content = draw.words(), recipe = P.full {} },
    at.reveal(),
    [[
We count from 0. So row i holds the keys 0 … i, **i + 1 cells**, the own one included. What comes after is the **future**: a causal model must not look there.]],
    at.notes "Ask for the size of row 12 before the second step. Most say 12.",
  }),

  at.ask("row-size", function(rng)
    local n = rng:int(6, 16)
    local i = rng:int(2, n - 2)
    local g = P.full {}:at(n)
    local right = g:count(i)
    return at.integer {
      ("n = %d, causal, dense, counted from 0. How many keys does query %d score?"):format(n, i),
      figure = at.figure { pattern = g, row = i, hide = { "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { i, "no-self", ("Keys 0 to %d come before the query. Its own key %d is in the row too."):format(i - 1, i),
          keys = g:row(i):minus(at.set { i }) },
        { n, "last-row", ("That is row %d, the last and longest. Row %d stops at its own key."):format(n - 1, i) },
        { i + 2, "fencepost", ("Keys 0 to %d: from a to b inclusive there are b - a + 1 of them."):format(i) },
        { n - i, "two-sided", ("You counted from the query to the end. Those keys are its future; it sees keys 0 to %d."):format(i) },
      }),
      tries = { 3, 2, 1 },
      hints = { ("List the keys: 0, 1, … up to %d."):format(i), "From a to b inclusive there are b - a + 1 keys." },
      explain = ("Query %d scores keys 0 to %d. Counting starts at 0, so that is %d + 1 = %d keys; the %s after it are future.")
        :format(i, i, i, right, draw.some(n - right, "key")),
      read_again = { ["no-self"] = "row", ["two-sided"] = "row" },
    }
  end),

  at.ask("triangle", function(rng)
    local n = rng:int(5, 12)
    local g = P.full {}:at(n)
    local right = g:total()
    return at.integer {
      ("n = %d, causal, dense. How many cells does the whole matrix hold, all %d rows together?"):format(n, n),
      figure = at.figure { pattern = g, hide = { "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { n * n, "two-sided", ("%d × %d is the full square. Its upper half is future, and blank."):format(n, n) },
        { n * (n - 1) // 2, "no-self", "You left out the diagonal: every query also scores its own key." },
        { n * n // 2, "half-n", ("Half of the square would be right if row 0 had no cell. Rows hold 1 … %d cells."):format(n) },
        { (n + 1) * (n + 2) // 2, "fencepost", ("That is one row too many: rows 0 to %d are %d rows."):format(n - 1, n) },
        { n, "last-row", ("That is the last row alone. Add the %d rows above it."):format(n - 1) },
      }),
      tries = { 3, 2, 1 },
      hints = { "Row 0 holds 1 cell, row 1 holds 2, and so on. Add them.",
                ("First row and last row together: %d cells. So do the second and the last but one."):format(n + 1) },
      explain = ("1 + 2 + … + %d = %d · %d / 2 = %d cells. Twice as long a text has nearly four times as many: that is the price of dense attention.")
        :format(n, n, n + 1, right),
    }
  end),

  at.page("shares", {
    [[
## Shares of 1
The weights of a row sum to 1. What one key gets, another one lacks.]],
    at.figure { n = draw.n, row = query, view = "weights", content = draw.words(), recipe = P.full {} },
    at.reveal(),
    [[
With these shares the row mixes the **values** of its keys, and the mix is the output of the query. The keys themselves only serve to find the shares.]],
    at.notes "Each word hands in three vectors: a query that asks, a key that is compared, a value that is handed over.",
  }),

  at.ask("sum", function(rng)
    local share = rng:pick { 55, 60, 65, 70, 75, 80 }
    return at.choice {
      ("In a dense row one key has weight .%d. Can another key of the same row have .%d as well?"):format(share, share),
      tries = { 2, 1 },
      options = {
        { "one", "No: the weights of a row sum to 1.", "Two such weights would already make more than 1.", right = true },
        { "largest", "No: softmax gives nearly all weight to the largest score.",
          "It may, if that score is far above the others, but it need not: equal scores get equal weights. Something else forbids this." },
        { "scores", "Yes: two keys may have the same score.",
          "They may, and then they have the same weight, but not this one. What do all weights of a row sum to?" },
        { "column", "Yes: it is the columns that sum to 1, not the rows.",
          "It is the other way round. A query shares out its attention along its row; a key may be read by everybody or by nobody." },
      },
      hints = { "What one key gets, another one lacks." },
      explain = ("Softmax divides each exp(score) by the sum over the row, so a row sums to 1. %.2f twice makes %.2f."):format(share / 100, share / 50),
    }
  end),

  at.page("skip", {
    [[
## To skip a cell
A **sparse** model doesn't score all allowed cells. A rule gives each query i a set of keys, $G_i$, and only those are scored. Here: the last w keys.]],
    at.figure {
      n = draw.n, row = query, view = "weights", compare = "dense", content = draw.words(),
      recipe = P.window { w = at.slider(1, 16, 4, "window w") },
      gauges = { "total", "density" },
    },
    at.reveal(),
    [[
A dot is a **skipped** cell. Nobody made a score there and set it to zero: the score was never made. That is the saving. Move w and watch the total.]],
    at.notes "Let the class find the w at which both sides are equal (16), and ask why the total at w = 8 is more than half (100 of 136).",
  }),

  at.page("column", {
    [[
## Down a column
A row says whom a query reads. A column says who reads a key. {column:3} holds only queries 3 to 6, and after that nobody reads key 3 again.]],
    at.figure {
      n = draw.n, row = 6, compare = "dense", content = draw.words(),
      recipe = P.window { w = at.slider(1, 16, 4, "window w") },
    },
    at.reveal(),
    [[
In the dense matrix it is read to the end, by 13 queries. A set says *which* keys are read; how much weight each gets is for the softmax.]],
  }),

  at.page("nothing", {
    ([[
## Three kinds of nothing
Three cells of row %d look empty, each for its own reason.

- {cell:%d,%d} is **future**: forbidden to every rule.
- {cell:%d,%d} is **skipped**: allowed, but not in the set.
- {cell:%d,%d} is **small**: in the set, scored, with a weight near 0.]]):format(
      query, query, query + 2, query, 5, query, weakest_key(shown, query)),
    at.figure {
      n = draw.n, row = query, view = "weights", content = draw.words(),
      recipe = P.window { w = 4 },
    },
    at.reveal(),
    [[
A small weight has cost a score, and its value is still mixed in. With other words it may be large.

A skipped key leaves no trace, whatever the words are.]],
  }),

  at.ask("which-nothing", function(rng)
    local n, w = draw.n, rng:int(4, 6)
    local i = rng:int(w + 2, n - 3)
    local g = P.window { w = w }:at { n = n, content = draw.words() }
    local j = rng:pick { rng:int(i + 1, n - 1), rng:int(0, i - w), weakest_key(g, i) }
    local kind = j > i and "future" or not g:has(i, j) and "skipped" or "small"
    local of_key = {
      future = ("Key %d comes after query %d."):format(j, i),
      skipped = ("Key %d is allowed, but the window holds only keys %d to %d."):format(j, i - w + 1, i),
      small = ("Key %d lies in the window, keys %d to %d, so it was scored."):format(j, i - w + 1, i),
    }
    local function option(id, text)
      return { id, text, of_key[kind], right = id == kind }
    end
    return at.choice {
      ("n = %d, causal, window w = %d, own key counted. Look at the cell of query %d and key %d: {cell:%d,%d}. What is it?"):format(n, w, i, j, i, j),
      figure = at.figure { pattern = g, row = i, view = "weights", hide = { "legend" } },
      tries = { 2, 1 },
      options = {
        option("future", "Future: no rule may use it."),
        option("skipped", "Skipped: allowed, but never scored."),
        option("small", "Small: scored, with a weight near 0."),
      },
      hints = { "Is the key after the query?", "If not: is it one of the last w keys?" },
      explain = of_key[kind] .. ({
        future = " The background rules it out before any pattern is asked.",
        skipped = " No score was made, so there is no weight, not even a small one.",
        small = " Its weight is small because of the words; with other words it may be large.",
      })[kind],
    }
  end),

  at.ask("kinds", function(rng)
    local n, w = 16, rng:int(3, 6)
    local i = rng:int(w + 1, 13)
    local g = P.window { w = w }:at(n)
    local scored = g:count(i)
    local future, skipped = n - 1 - i, i + 1 - scored
    local right = { future, skipped, scored }
    return at.integer {
      ("n = %d, causal, window w = %d, own key counted, counted from 0. Row %d has %d columns. How many of its cells are future, how many skipped, how many scored?"):format(n, w, i, n),
      figure = at.figure { pattern = g, row = i, hide = { "counts", "row" } },
      labels = { "future", "skipped", "scored" },
      right = right,
      wrong = slips.rows(right, {
        { { future, skipped + 1, scored - 1 }, "no-self", "The own key is one of the w keys of the window. You have one skipped cell too many, and one scored too few." },
        { { future + 1, skipped, scored - 1 }, "no-self", ("The own key %d is no future: the query sees itself. The future begins at key %d."):format(i, i + 1) },
        { { future, skipped - 1, scored + 1 }, "extra-self", ("The window holds %d keys with the own one among them, not on top."):format(w) },
        { { future + 1, skipped - 1, scored }, "fencepost", ("Keys %d to %d are %d - %d + 1 = %d keys."):format(i + 1, n - 1, n - 1, i + 1, future) },
        { { skipped, future, scored }, "complement", "The right numbers, two of them in each other's place: skipped cells lie before the window, future ones behind the query." },
        { { future, 0, i + 1 }, "dense" },
        { { n - scored, 0, scored }, "two-sided", "Cells before the window aren't future: they were allowed, and the rule skipped them." },
      }),
      tries = { 3, 2, 1 },
      hints = { ("Cut the row in three: before the window, the window, after key %d."):format(i),
                ("The three numbers must add up to %d."):format(n) },
      explain = ("Keys 0-%d are skipped (%d), keys %d-%d are scored (%d), keys %d-%d are future (%d). Together %d.")
        :format(i - w, skipped, i - w + 1, i, scored, i + 1, n - 1, future, n),
      read_again = { ["two-sided"] = "nothing", ["complement"] = "nothing" },
    }
  end),

  at.page("one-factor", {
    [[
## One factor for all
Softmax shares out exactly 1 over the keys that were scored. If some are skipped, the rest must sum to 1 alone. **kept** is the dense weight they hold: each is divided by it.]],
    at.figure {
      n = draw.n, row = query, view = "weights", compare = "dense", content = draw.words(),
      recipe = P.window { w = at.slider(1, 16, 4, "window w") },
      gauges = { "kept" },
    },
    at.reveal(),
    [[
So all grow by *the same* factor 1 / kept, and their ratios stay. Keep the middle of (.1, .5, .3, .1): kept is .8, the factor 1.25, the weights are .625 and .375.]],
    at.notes "The word 'on' likes 'boat' and 'man'. With w = 4 it loses 'boat': kept .42, factor 2.4. Find the w that brings it back (11).",
  }),

  at.ask("middle", function(rng)
    -- Tenths, so that the row sums to 1 by the eye.
    local t = draw.until_good(function()
      local a, b, c = rng:int(1, 4), rng:int(1, 6), rng:int(1, 6)
      return { a, b, c, 10 - a - b - c }
    end, function(t) return t[4] >= 1 and t[4] <= 4 and t[2] ~= t[3] end)
    local dense, score = {}, {}
    for k = 1, 4 do
      dense[k] = t[k] / 10
      score[k] = math.log(dense[k])
    end
    local weight = at.softmax(score, at.set { 1, 2 })
    local right = { weight[2], weight[3] }
    local kept = dense[2] + dense[3]
    local dropped = 1 - kept
    return at.number {
      ("A dense row has weights %s for keys 0 to 3. Keep only keys 1 and 2. What are their weights now? (3 decimals, or a fraction)"):format(draw.shares(dense, 1)),
      labels = { "key 1", "key 2" },
      right = right,
      wrong = slips.rows(right, {
        { { dense[2], dense[3] }, "not-renormalised" },
        { { dense[2] + dropped / 2, dense[3] + dropped / 2 }, "split-evenly",
          ("You gave each kept key half of the dropped %.1f. All kept weights grow by one factor instead, so that their ratio stays %d : %d."):format(dropped, t[2], t[3]) },
        { { 0.5, 0.5 }, "split-evenly", ("Kept keys don't become equal: their ratio was %d : %d, and stays so."):format(t[2], t[3]) },
        { { dense[2] * kept, dense[3] * kept }, "not-renormalised", "You multiplied by kept; that makes them smaller. Divide by it." },
      }, 0.01),
      tries = { 3, 2, 1 },
      hints = { "Add the two kept weights. That is kept.", "Divide each of them by kept; then they sum to 1." },
      explain = ("kept = %.1f + %.1f = %.1f. So the weights are %.1f / %.1f = %.3f and %.1f / %.1f = %.3f: both grew by %.3f.")
        :format(dense[2], dense[3], kept, dense[2], kept, right[1], dense[3], kept, right[2], 1 / kept),
      read_again = { ["split-evenly"] = "one-factor", ["not-renormalised"] = "one-factor" },
    }
  end),

  at.ask("factor", function(rng)
    local scores = rng:pick { { 2, 1, 0, -1 }, { 1, 3, 0, 2 }, { 0, 2, 1, 1 }, { -1, 1, 2, 0 } }
    local weight = at.softmax(scores)
    local a = rng:int(0, 2)
    local b = rng:int(a + 1, 3)
    local keep = at.set { a, b }
    local kept = weight[a + 1] + weight[b + 1]
    local right = at.softmax(scores, keep)[a + 1] / weight[a + 1]
    return at.number {
      ("Scores %s give the dense weights %s. The rule keeps keys %d and %d. By which factor do their weights grow? (within 1 %%; you may type a sum or a fraction)")
        :format(draw.list(scores), draw.shares(weight, 4), a, b),
      right = right,
      wrong = slips.rows(right, {
        { kept, "not-renormalised", "That is kept itself. The kept weights are divided by it, not multiplied." },
        { 2, "split-evenly", "Half of the keys went, but not half of the weight. What counts is the weight that stayed." },
        { 1 + (1 - kept), "split-evenly", "You added the dropped weight to 1. The kept weights are divided by kept instead." },
        { 1, "not-renormalised", "A factor of 1 would mean that nothing was dropped." },
        { 1 / (1 - kept), "complement", "You divided by the weight that was dropped. Divide by the weight that stayed." },
      }, 0.01),
      tries = { 3, 2, 1 },
      hints = { ("How much dense weight do keys %d and %d hold together?"):format(a, b), "The factor is 1 / kept." },
      explain = ("kept = %.4f + %.4f = %.4f, and 1 / kept = %.4g. Both weights are multiplied by it, so their ratio stays."):format(weight[a + 1], weight[b + 1], kept, right),
      read_again = { ["split-evenly"] = "one-factor", ["not-renormalised"] = "one-factor", ["complement"] = "one-factor" },
    }
  end),

  at.page("when-not", {
    [[
## When nothing grows
If nothing was dropped, kept is 1 and no weight grows. So it is in row 0, always, and in {row:3} with this window: both sides are equal there.]],
    at.figure {
      n = draw.n, row = 3, view = "weights", compare = "dense", content = draw.words(),
      recipe = P.window { w = at.slider(1, 16, 4, "window w") },
      gauges = { "kept" },
    },
    at.reveal(),
    [[
Go down to {row:4}: there the window has lost key 0. Now move w. Which row is the last that loses nothing?]],
  }),

  at.ask("grows", function(rng)
    local w = rng:int(3, 7)
    local g = P.window { w = w }:at { n = draw.n, content = draw.words() }
    local options = {}
    for _, i in ipairs { 0, rng:int(1, w - 2), w - 1, rng:pick { w, w + 2, w + 4 } } do
      local whole = g:count(i) == i + 1
      options[#options + 1] = {
        ("row-%d"):format(i), ("row %d"):format(i),
        whole and ("Row %d may see %s, and all of them lie in the window. Nothing was dropped, so the factor is 1."):format(i, draw.some(i + 1, "key"))
          or ("Row %d may see %d keys and scores %d. Weight was dropped, so the others grew."):format(i, i + 1, g:count(i)),
        right = not whole,
      }
    end
    return at.choice {
      ("n = %d, causal, window w = %d, own key counted, counted from 0. In which of these rows are the kept weights larger than the dense ones?"):format(draw.n, w),
      figure = at.figure { pattern = g, compare = "dense", row = 0, view = "weights" },
      tries = { 2, 1 },
      options = options,
      hints = { "A weight grows only if another one was dropped.", "How many keys may that row see, and how many does the window hold?" },
      explain = ("The window holds %d keys, row i may see i + 1. Up to row %d nothing is dropped: dense and sparse are equal there. From row %d on the kept weights grow.")
        :format(w, w - 1, w),
    }
  end),

  at.page("shapes", {
    [[
## Know it by its shape
- **window**: a band
- **strided**: a band and a comb
- **fixed**: blocks and columns
- **axial**: blocks and a comb

{press:less} and {press:more} choose one; the next slider sets its length.]],
    at.figure {
      n = draw.n, row = 9, compare = "dense",
      recipe = (function()
        local l = at.slider(2, 8, 4, "length l")
        return at.options {
          { "window", P.window { w = l } },
          { "strided", P.strided { l = l } },
          { "fixed", P.fixed { l = l, c = 1 } },
          { "axial", P.axial { width = l } },
        }
      end)(),
      gauges = { "total" },
    },
    at.reveal(),
    [[
**Fixed** and **axial** have equal counts in every row, and yet other sets. A size doesn't tell you which keys are read.]],
  }),

  at.ask("name", function(rng)
    local n, l = 16, rng:int(3, 5)
    local choices = rng:sample(four_patterns(l), 4)
    local hidden = choices[1]
    local g = hidden.recipe:at(n)
    local options = {}
    for k, choice in ipairs(choices) do
      local other = choice.recipe:at(n)
      local row = draw.first_difference(g, other, n)
      local feedback = ("Yes: %s."):format(hidden.shape)
      if row then
        feedback = ("That would be %s. Look at row %d: it would read %s, but the picture has %s.")
          :format(choice.shape, row, draw.braces(other:row(row)), draw.braces(g:row(row)))
      end
      options[k] = { choice.id, ("%s, length %d"):format(choice.id, l), feedback, right = row == nil }
    end
    return at.choice {
      ("n = %d, causal. Which rule has drawn this picture?"):format(n),
      figure = at.figure { pattern = g, row = 11, hide = { "rule" } },
      tries = { 2, 1 },
      options = options,
      hints = { "Look at one late row, say 15: are its keys together, or are there gaps?", "Then go down the diagonal: does the band have steps?" },
      explain = ("The %s rule draws %s. Row 15 reads %s."):format(hidden.id, hidden.shape, draw.braces(g:row(15))),
    }
  end),

  at.ask("rows-strided", function(rng)
    local n, l = 16, rng:int(3, 5)
    local i = rng:int(l, 15)
    local g = P.strided { l = l }:at(n)
    local band, comb = P.window { w = l }:at(n), P.stride { s = l }:at(n)
    local right = g:count(i)
    return at.integer {
      ("n = %d, causal. A strided rule reads the last %d keys, the own one counted, and every %s key back from the query: i, i - %d, i - %d, … How many keys does query %d read?")
        :format(n, l, draw.nth(l), l, 2 * l, i),
      figure = at.figure { pattern = g, row = i, hide = { "row", "counts" } },
      right = right,
      wrong = slips.rows(right, {
        { band:count(i) + comb:count(i), "sum-not-union", ("You added the %d keys of the window and the %d of the comb. The own key is in both, and counts once.")
          :format(band:count(i), comb:count(i)) },
        { band:count(i), "one-part", ("Those are the last %d keys. The comb reads older ones as well."):format(l), keys = band:row(i) },
        { comb:count(i), "one-part", ("That is the comb alone: %s. The last %d keys belong to the set too."):format(draw.runs(comb:row(i)), l), keys = comb:row(i) },
        { right - 1, "no-self" },
        { i + 1, "dense" },
      }),
      tries = { 3, 2, 1 },
      hints = { ("Write the last %d keys. Then step back from %d by %d until you pass 0."):format(l, i, l),
                "A key that is in both parts counts once." },
      explain = ("Window %s, comb %s: together %s, %d keys. The own key is in both parts."):format(
        draw.runs(band:row(i)), draw.runs(comb:row(i)), draw.braces(g:row(i)), right),
      read_again = { ["one-part"] = "shapes" },
    }
  end),

  at.ask("tell-apart", function(rng)
    local n, l = 16, 4
    local axial, fixed = P.axial { width = l }:at(n), P.fixed { l = l, c = 1 }:at(n)
    local i = draw.until_good(function() return rng:int(5, 14) end,
                              function(x) return draw.runs(axial:row(x)) ~= draw.runs(fixed:row(x)) end)
    local asked = rng:int(1, 2)
    local g, other = (asked == 1 and axial or fixed), (asked == 1 and fixed or axial)
    local rule = asked == 1
      and ("Axial, width %d: the keys of the own block of %d so far, and every %s key back from the query."):format(l, l, draw.nth(l))
      or ("Fixed, l = %d, c = 1: the keys of the own block of %d so far, and the last key of each block before."):format(l, l)
    return at.indices {
      ("n = %d, causal, counted from 0. %s Which keys does query %d read?"):format(n, rule, i),
      figure = at.figure { pattern = g, row = i, hide = { "row", "counts" } },
      right = g:row(i),
      tries = { 3, 2, 1 },
      hints = { ("Blocks are 0-3, 4-7, 8-11, 12-15. Query %d sits in block %d-%d."):format(i, i // l * l, i // l * l + l - 1),
                asked == 1 and ("Now step back by %d from %d itself."):format(l, i) or "The last keys of blocks are 3, 7, 11, 15." },
      explain = ("Query %d reads %s. The other rule would read %s: as many keys, another set."):format(i, draw.braces(g:row(i)), draw.braces(other:row(i))),
    }
  end),

  at.page("how-much", {
    [[
## How much is left?
**Density** is the share of the allowed cells that are scored. A causal matrix has n(n + 1)/2 allowed cells to begin with, not n²: the future was never to be had.]],
    at.figure {
      n = at.slider(8, 32, 16, "tokens n"), row = 7, compare = "dense",
      recipe = P.strided { l = at.slider(2, 8, 4, "length l") },
      gauges = { "total", "density" },
    },
    at.reveal(),
    [[
Make the text longer: the dense triangle grows with n², the sparse one slower. So its density falls.]],
  }),

  at.ask("density", function(rng)
    local n, l = rng:int(12, 24), rng:int(3, 6)
    local g = P.strided { l = l }:at(n)
    local total, right = g:total(), g:density()
    return at.number {
      ("n = %d, causal. The picture has %d scored cells. What is its density? (within 1 %%; .5, 50 %% and 1/2 are all read alike)"):format(n, total),
      figure = at.figure { pattern = g, hide = { "counts" } },
      names = { n = n },
      right = right,
      wrong = slips.rows(right, {
        { total / (n * n), "square-base" },
        { 1 - right, "complement" },
        { total / (n * (n - 1) / 2), "no-self", "The diagonal is allowed as well: every query may read its own key." },
        { n * (n + 1) / 2 / total, "n-over-w", "That is how many times fewer cells there are. Density is the share that is left." },
      }, 0.01),
      tries = { 3, 2, 1 },
      hints = { ("How many cells does a causal matrix of %d rows allow?"):format(n), "1 + 2 + … + n = n(n+1)/2. You may type that, n and all." },
      explain = ("Allowed: %d · %d / 2 = %d cells. %d of them were scored: %.3f."):format(n, n + 1, n * (n + 1) // 2, total, right),
      read_again = { ["square-base"] = "how-much" },
    }
  end),

  at.page("end", {
    [[
## What you can say now
- A row is one query; its weights are shares of 1.
- Future, skipped, small: forbidden, never scored, hardly heard.
- Skipping divides what stays by **kept**: one factor, same ratios.
- A picture shows *which* keys; a count only how many.

Next: counting sets whose parts overlap.]],
    at.figure {
      n = draw.n, row = query, view = "weights", compare = "dense", content = draw.words(),
      recipe = P.streaming { s = at.slider(0, 4, 1, "sinks s"), w = at.slider(1, 12, 4, "window w") },
    },
  }),
}
