---@meta attend
-- Made by the program from its own tables; the test test_meta --write makes it anew.

---An expression of the pattern language: P.window { w = 4 } | P.sink { s = 2 }.
---@class attend.recipe
---@operator bor(attend.recipe): attend.recipe
---@operator band(attend.recipe): attend.recipe
---@operator sub(attend.recipe): attend.recipe
local recipe = {}

---The expression bound to n tokens; a slider stands at its start. background: "causal" (the default) or "bidirectional".
---
---    recipe:at(n or { n =, background =, content = })
---
---```lua
---P.window { w = 4 }:at(16):count(2) --> 3
---```
function recipe:at(n) end

---positional, content or hybrid, computed from the atoms.
---
---    recipe:class()
---
---```lua
---(P.window { w = 2 } | P.topk { k = 2 }):class() --> hybrid
---```
function recipe:class() end

---The picture in words.
---
---    recipe:describe()
---
---```lua
---#P.window { w = 4 }:describe() > 0 --> true
---```
function recipe:describe() end

---The closed form of |G_i| in a causal row, empty where there is none.
---
---    recipe:formula()
---
---```lua
---P.window { w = 4 }:formula() --> min(4, i+1)
---```
function recipe:formula() end

---An expression bound to n tokens, a background and maybe content.
---@class attend.pattern
local pattern = {}

---|G_i|, the size of a row.
---
---    pattern:count(i)
---
---```lua
---P.window { w = 4 }:at(16):count(12) --> 4
---```
function pattern:count(i) end

---G_i, the keys of query i, as a set.
---
---    pattern:row(i)
---
---```lua
---P.window { w = 4 }:at(16):row(12) --> 9-12
---```
function pattern:row(i) end

---The queries that read key j, as a set.
---
---    pattern:column(j)
---
---```lua
---P.window { w = 4 }:at(16):column(3) --> 3-6
---```
function pattern:column(j) end

---Whether query i reads key j.
---
---    pattern:has(i, j)
---
---```lua
---P.window { w = 4 }:at(16):has(12, 8) --> false
---```
function pattern:has(i, j) end

---How many queries read key j.
---
---    pattern:readers(j)
---
---```lua
---P.window { w = 4 }:at(16):readers(15) --> 1
---```
function pattern:readers(j) end

---The sum of all |G_i|.
---
---    pattern:total()
---
---```lua
---P.window { w = 4 }:at(16):total() --> 58
---```
function pattern:total() end

---total over the cells that the background allows.
---
---    pattern:density()
---
---```lua
---P.full {}:at(16):density() --> 1.0
---```
function pattern:density() end

---The largest |G_i|.
---
---    pattern:max_row()
---
---```lua
---P.window { w = 4 }:at(16):max_row() --> 4
---```
function pattern:max_row() end

---Kept mass: the dense weight inside G_i. Needs content.
---
---    pattern:kept(i)
---
---```lua
---P.full {}:at { n = 8, content = at.words { seed = 1 } }:kept(7) > 0.999 --> true
---```
function pattern:kept(i) end

---The weights of row i as a list: key j at j + 1, 0 outside G_i. Needs content.
---
---    pattern:weights(i)
---
---```lua
---P.self {}:at { n = 8, content = at.words { seed = 1 } }:weights(7)[8] --> 1.0
---```
function pattern:weights(i) end

---positional, content or hybrid; a hybrid whose guaranteed part is empty in every row is content.
---
---    pattern:class()
---
---```lua
---P.window { w = 4 }:at(16):class() --> positional
---```
function pattern:class() end

---The picture in words, with how its rows grow.
---
---    pattern:describe()
---
---```lua
---#P.window { w = 4 }:at(16):describe() > 0 --> true
---```
function pattern:describe() end

---The closed form of |G_i| in a causal row, empty where there is none.
---
---    pattern:formula()
---
---```lua
---P.window { w = 4 }:at(16):formula() --> min(4, i+1)
---```
function pattern:formula() end

---A set of positions.
---@class attend.set
local set = {}

---Puts a key or a range { first, last } in; gives the set itself.
---
---    set:add(key)
---
---```lua
---at.set {}:add(3):add { 5, 6 } --> 3, 5-6
---```
function set:add(key) end

---How many keys it has.
---
---    set:count()
---
---```lua
---at.set { { 0, 3 }, 7 }:count() --> 5
---```
function set:count() end

---Whether a key is in it.
---
---    set:has(key)
---
---```lua
---at.set { { 0, 3 } }:has(4) --> false
---```
function set:has(key) end

---Its keys as a list, ascending.
---
---    set:list()
---
---```lua
---#at.set { { 0, 3 }, 7 }:list() --> 5
---```
function set:list() end

---The keys of both.
---
---    set:union(set)
---
---```lua
---at.set { 1 }:union(at.set { 2 }) --> 1-2
---```
function set:union(set) end

---The keys that are in both.
---
---    set:intersect(set)
---
---```lua
---at.set { { 0, 4 } }:intersect(at.set { { 3, 9 } }) --> 3-4
---```
function set:intersect(set) end

---Its keys without those of the other.
---
---    set:minus(set)
---
---```lua
---at.set { { 0, 4 } }:minus(at.set { 2 }) --> 0-1, 3-4
---```
function set:minus(set) end

---The source of chance of a question: what a variant draws from.
---@class attend.rng
local rng = {}

---A whole number from a to b, both included.
---
---    rng:int(a, b)
---
---```lua
---rng:int(3, 3) --> 3
---```
function rng:int(a, b) end

---A number from 0 up to, but not including, 1.
---
---    rng:real()
---
---```lua
---rng:real() < 1 --> true
---```
function rng:real() end

---One value of a list.
---
---    rng:pick(list)
---
---```lua
---rng:pick { "a", "a" } --> a
---```
function rng:pick(list) end

---k values of a list, each place at most once.
---
---    rng:sample(list, k)
---
---```lua
---#rng:sample({ 1, 2, 3, 4 }, 2) --> 2
---```
function rng:sample(list, k) end

---A shuffled copy of a list; the list itself stays as it is.
---
---    rng:shuffle(list)
---
---```lua
---#rng:shuffle { 1, 2, 3 } --> 3
---```
function rng:shuffle(list) end

---Another rng, made of this one's seed and a name: what is drawn from one doesn't move the other.
---
---    rng:split(name)
---
---```lua
---rng:split("words"):int(5, 5) --> 5
---```
function rng:split(name) end

---The atoms and designs of the catalogue.
---@class attend.P
local P = {}

---The expression that a text is, in the pattern language.
---
---    P.parse(text)
---
---```lua
---P.parse "window(w=4) | sink(s=1)" --> window(w=4) | sink(s=1)
---```
function P.parse(text) end

---each query sees the keys whose dense weight is at least t
---
--- t: least dense weight of a kept key
---@param p { t: number }
---@return attend.recipe
function P.above(p) end

---each query sees the keys of its row and of its column in a raster
---
--- width: positions of a raster row
---@param p { width: integer }
---@return attend.recipe
function P.axial(p) end

---each query sees its own key and some on each side, step positions apart
---
--- left: keys before the query, own key extra
--- right: keys after the query
--- step: distance from key to key
---@param p { left: integer, right?: integer, step?: integer }
---@return attend.recipe
function P.band(p) end

---each query sees its own block of b positions, and blocks beside it if asked
---
--- b: positions of a block
--- back: blocks before the query's own
--- ahead: blocks after the query's own
---@param p { b: integer, back?: integer, ahead?: integer }
---@return attend.recipe
function P.block(p) end

---each query sees the k key blocks with the best summaries, its own block among them
---
--- b: keys of a block
--- k: blocks of a row, the best by summary
--- own: the query's block: one of the k for sure, one more beside them, or a block like others
--- by: a block's score: query . mean key, the bound of channels, or mean query . mean key
---@param p { b: integer, k: integer, own?: string, by?: string }
---@return attend.recipe
function P.block_topk(p) end

---each block of queries sees the blocks of keys that are listed for it
---
--- b: positions of a block
--- of: for each query block the list of its key blocks
---@param p { b: integer, of: table }
---@return attend.recipe
function P.chosen(p) end

---each query sees the keys of the clusters that took it; each of k centroids takes its w best
---
--- k: centroids
--- w: queries, and keys, that each centroid takes
--- seed: what the centroids are drawn from
--- own: the own key: as any other, or only where a cluster offers no other
---@param p { k: integer, w: integer, seed?: integer, own?: string }
---@return attend.recipe
function P.cluster(p) end

---each query sees the same count columns of every period
---
--- period: positions of a period
--- count: columns of each period
--- from: place of the first one in its period; else they are the last
---@param p { period: integer, count: integer, from?: integer }
---@return attend.recipe
function P.columns(p) end

---each query sees the keys at the listed distances before it
---
--- at: distances back from the query; negative ones look ahead
---@param p { at: table }
---@return attend.recipe
function P.diagonals(p) end

---each query sees w keys: its own, and every d-th before it
---
--- w: keys of the window, own key counted
--- d: distance from key to key
---@param p { w: integer, d: integer }
---@return attend.recipe
function P.dilated(p) end

---each query sees its own document; the boundaries are given beside the text
---
--- lens: lengths of the documents, the rest is one last one
---@param p { lens: table }
---@return attend.recipe
function P.document(p) end

---each query sees the keys that the 1.5-entmax of its scores gives a weight
---@return attend.recipe
function P.entmax15() end

---each query sees every key of the background: dense attention
---@return attend.recipe
function P.full() end

---the listed tokens see all and are seen by all
---
--- at: positions that see all and are seen by all
--- b: width of what is listed: above 1 the list holds blocks
---@param p { at: table, b?: integer }
---@return attend.recipe
function P.global(p) end

---each query sees a box around it in a raster, cut off at the edges
---
--- width: positions of a raster row
--- rx: columns to each side
--- ry: rows above and below
---@param p { width: integer, rx: integer, ry: integer }
---@return attend.recipe
function P.grid(p) end

---each query sees a box of kx by ky in a raster, shifted at the edges, not cut off
---
--- width: positions of a raster row
--- kx: columns of the window, own counted
--- ky: rows of the window, own counted
---@param p { width: integer, kx: integer, ky: integer }
---@return attend.recipe
function P.grid_neighborhood(p) end

---a cache of the r newest keys and of the h older ones that received most weight
---
--- h: older keys that stay, those with most received weight
--- r: newest keys that stay
--- by: weights over the keys that are still there, or of the full rows
---@param p { h: integer, r: integer, by?: string }
---@return attend.recipe
function P.heavy(p) end

---each query sees the listed keys
---
--- at: positions that every query sees
--- b: width of what is listed: above 1 the list holds blocks
---@param p { at: table, b?: integer }
---@return attend.recipe
function P.keys(p) end

---each query sees its nearest keys, and earlier ones at distances that grow by powers
---
--- base: each distance is so many times the one before
--- local: nearest keys, own key counted
--- restart: the distances begin anew after so many
---@param p { base?: integer, local?: integer, restart?: integer }
---@return attend.recipe
function P.log(p) end

---each query sees keys whose vectors fall into its bucket, in its chunk and the one before
---
--- buckets: buckets of a round, an even number
--- rounds: rotations, whose sets are joined
--- chunk: keys of a chunk in sorted order
--- seed: what the rotations are drawn from
--- across: 1: all keys of both chunks, 0: those of the query's bucket
--- own: the own key: only in a row that holds no other, or as any other
---@param p { buckets: integer, rounds?: integer, chunk: integer, seed?: integer, across?: integer, own?: string }
---@return attend.recipe
function P.lsh(p) end

---each query sees the k keys around it; at the ends of the text the window is shifted, not cut off
---
--- k: keys of the window, own key counted
--- stride: queries that share a window
--- dilation: distance from key to key
---@param p { k: integer, stride?: integer, dilation?: integer }
---@return attend.recipe
function P.neighborhood(p) end

---each query sees its own key and every earlier one
---@return attend.recipe
function P.past() end

---each query sees the first p keys and every key up to its own
---
--- p: first keys that every query sees
---@param p { p: integer }
---@return attend.recipe
function P.prefix(p) end

---each block of queries sees r blocks of keys, drawn once from the seed
---
--- r: key blocks for each query block
--- seed: another number, another draw
--- b: positions of a block
--- from: all blocks, or those that are neither near nor first or last
---@param p { r: integer, seed: integer, b?: integer, from?: string }
---@return attend.recipe
function P.random(p) end

---the listed queries see every key, the others none
---
--- at: queries that see every key
--- b: width of what is listed: above 1 the list holds blocks
---@param p { at: table, b?: integer }
---@return attend.recipe
function P.rows(p) end

---each query sees the keys that were given the same number as it
---
--- ids: a number for each position; equal ones see each other, negative ones none
---@param p { ids: table }
---@return attend.recipe
function P.same(p) end

---each query sees every key whose token is its own
---@return attend.recipe
function P.same_token() end

---every r-th place of each segment of w positions sees the places like it in its segment
---
--- w: positions of a segment
--- r: distance of the places that take part
--- offset: first place of a segment that takes part
---@param p { w: integer, r: integer, offset?: integer }
---@return attend.recipe
function P.segment(p) end

---each query sees its own key alone
---@return attend.recipe
function P.self() end

---each query sees the first s keys
---
--- s: first keys that every query sees
---@param p { s: integer }
---@return attend.recipe
function P.sink(p) end

---after the prompt its last w keys and the best c-w others stay, and every later key
---
--- w: last keys of the prompt that stay, and whose queries judge the others
--- c: keys of the prompt that stay in all
--- pool: keys around each whose weights are taken together
--- by: how they are taken together
--- prompt: tokens of the prompt; all of them if left out
---@param p { w: integer, c: integer, pool?: integer, by?: string, prompt?: integer }
---@return attend.recipe
function P.snapkv(p) end

---each query sees the keys that the sparsemax of its scores gives a weight
---@return attend.recipe
function P.sparsemax() end

---each query sees every key at a distance divisible by s (or with rest phase)
---
--- s: distance from key to key
--- phase: distance of the nearest key; 0 is the own key
---@param p { s: integer, phase?: integer }
---@return attend.recipe
function P.stride(p) end

---a raster is cut into windows of b by b; each query sees its own window
---
--- width: positions of a raster row
--- b: width and height of a window
--- shift: windows begin so much before the raster
---@param p { width: integer, b: integer, shift?: integer }
---@return attend.recipe
function P.swin(p) end

---each query sees every key whose token is the given text
---
--- is: the token's text, in quotes
---@param p { is: string }
---@return attend.recipe
function P.token(p) end

---each query sees the k keys with the highest scores
---
--- k: keys of a row, the best by score
--- ties: equal scores at the end: the first positions, or all of them
---@param p { k: integer, ties?: string }
---@return attend.recipe
function P.topk(p) end

---each query sees the fewest keys that hold a share p of its dense weight
---
--- p: share of the dense weight that the kept keys hold at least
---@param p { p: number }
---@return attend.recipe
function P.topp(p) end

---a cache of the k keys with most weight from the last query
---
--- k: keys that stay after each step
---@param p { k: integer }
---@return attend.recipe
function P.tova(p) end

---each position sees itself and its ancestors in a tree that is given
---
--- parent: the parent of each position, -1 for a root
---@param p { parent: table }
---@return attend.recipe
function P.tree(p) end

---each query sees the v columns and s diagonals that the last queries give most weight
---
--- v: columns, the best by weight
--- s: diagonals, the best by weight
--- last: last queries, whose rows decide
--- keep: first columns and diagonals that are among them for sure
---@param p { v: integer, s: integer, last?: integer, keep?: integer }
---@return attend.recipe
function P.vertical_slash(p) end

---each query sees its w most recent keys, its own included
---
--- w: keys of the window, own key counted
---@param p { w: integer }
---@return attend.recipe
function P.window(p) end

---each block sees itself, both neighbours, the first and the last block, and r random ones; the first and the last block see all
---
--- b: positions of a block
--- r: random blocks for each block of queries
--- seed: another number, another draw
---@param p { b: integer, r: integer, seed: integer }
---@return attend.recipe
function P.bigbird(p) end

---each query sees its own block so far, and the last c keys of every earlier block
---
--- l: keys of a block
--- c: last columns of each block that later queries read
---@param p { l: integer, c: integer }
---@return attend.recipe
function P.fixed(p) end

---a cache of the r newest keys and of the h heavy hitters among the older ones
---
--- h: older keys that stay, those with most received weight
--- r: newest keys that stay
---@param p { h: integer, r: integer }
---@return attend.recipe
function P.h2o(p) end

---each query sees w keys on each side; a few tokens see all and are seen by all
---
--- w: keys on each side, own key extra
--- at: tokens that see all and are seen by all
---@param p { w: integer, at: table }
---@return attend.recipe
function P.longformer(p) end

---segments of several lengths, the longer ones thinned out: each branch is segment(w, r)
---
--- w: positions of a segment, one number a branch
--- r: distance of the places that take part, one number a branch
---@param p { w: table, r: table }
---@return attend.recipe
function P.longnet(p) end

---each query sees the v columns and s diagonals that the last 64 queries give most weight
---
--- v: columns, the best by weight
--- s: diagonals, the best by weight
---@param p { v: integer, s: integer }
---@return attend.recipe
function P.minference(p) end

---each query sees its own block and the k-1 earlier blocks whose mean key suits it best
---
--- b: keys of a block
--- k: blocks of a row, the query's own counted
---@param p { b: integer, k: integer }
---@return attend.recipe
function P.moba(p) end

---each query sees its own block, the k-1 earlier blocks that suit it best, and a window
---
--- b: keys of a block
--- k: blocks of a row, the query's own counted
--- w: keys of the window, own key counted
---@param p { b: integer, k: integer, w: integer }
---@return attend.recipe
function P.nsa(p) end

---each query sees its own page and the k-1 earlier pages with the highest bound on a score
---
--- p: keys of a page
--- k: pages of a row, the query's own counted
---@param p { p: integer, k: integer }
---@return attend.recipe
function P.quest(p) end

---each query sees the first s keys and its w most recent ones
---
--- s: first keys, kept for ever
--- w: most recent keys, own key counted
---@param p { s: integer, w: integer }
---@return attend.recipe
function P.streaming(p) end

---each query sees its l most recent keys and every key at a distance divisible by l
---
--- l: keys of the window, and the stride
---@param p { l: integer }
---@return attend.recipe
function P.strided(p) end

---What require "attend" gives.
---@class attend
local at = {}

---A lesson: what it is, then its pages and questions in order. A file returns one.
---
---    at.lesson { api =, id =, version =, title =, minutes =, needs =, goals =, nodes =, page, ... }
---
---```lua
---at.lesson { api = 1, id = "first", version = "1.0.0", title = "First", minutes = 2,
---  at.page("look", { "A row asks, keys answer." }) }
---```
function at.lesson(fields) end

---A page: Markdown texts, figures (a later one takes the pane), steps, notes for teachers.
---
---    at.page(id, { text or figure or reveal or notes, ... })
---
---```lua
---at.page("look", { "## Two parts", at.reveal(), "The second." })
---```
function at.page(id, fields) end

---A question page. A function is called with a fresh rng for each variant and returns the question.
---
---    at.ask(id, question or function(rng, state))
---
---```lua
---at.ask("count", function(rng)
---  local w = rng:int(2, 6)
---  return at.integer { ("How many keys has a full window of %d?"):format(w), right = w }
---end)
---```
function at.ask(id, question) end

---A figure: an expression over n tokens, with sliders, tools and read-outs.
---
---    at.figure { n =, recipe = or pattern =, compare =, background =, content =, view =, row =, tools =, gauges =, hide =, alt = }
---
---```lua
---at.figure { n = 16, recipe = P.window { w = at.slider(1, 16, 4) }, compare = "dense", row = 12 }
---```
function at.figure(fields) end

---What stands behind it on a page comes at the next step.
---
---    at.reveal()
---
---```lua
---at.reveal()
---```
function at.reveal() end

---Notes for teachers: shown only when they are asked for.
---
---    at.notes(text)
---
---```lua
---at.notes "Ask the room first."
---```
function at.notes(text) end

---Asks for a class: positional, content, hybrid (also dense, none). right is computed: recipe:class().
---
---    at.classify { prompt, figure =, right =, why =, verdicts =, items = }
---
---```lua
---at.classify { "What decides this pattern?", figure = at.figure { n = 8, recipe = P.window { w = 3 } },
---  right = P.window { w = 3 }:class(),
---  why = { content = "Deal other words: nothing moves.", hybrid = "No part of it moves." } }
---```
function at.classify(fields) end

---Asks for a whole number, or several (right a list, labels for the boxes). Wrong answers are computed like the right one, each with its slip and sentence.
---
---    at.integer { prompt, right =, wrong = { { value, slip, sentence, keys = }, ... } }
---
---```lua
---at.integer { "n = 16, w = 4: how many keys in G_12?", right = P.window { w = 4 }:at(16):count(12),
---  wrong = { { 3, "no-self", "You left the own key out." } } }
---```
function at.integer(fields) end

---Asks for a real number. tolerance is a number or "1 %", the default.
---
---    at.number { prompt, right =, tolerance =, unit =, names =, wrong = }
---
---```lua
---at.number { "Sum of two weights of .25?", right = 0.5, tolerance = "1 %" }
---```
function at.number(fields) end

---Asks for a set of keys, typed or painted in the figure's row. whole: all or nothing.
---
---    at.indices { prompt, figure =, right =, n =, whole = }
---
---```lua
---at.indices { "Which keys does query 5 read?", n = 8, right = P.window { w = 2 }:at(8):row(5) }
---```
function at.indices(fields) end

---Asks for one of up to nine options, each with its feedback; exactly one is right.
---
---    at.choice { prompt, options = { { id, text, feedback, right = true, slip = }, ... } }
---
---```lua
---at.choice { "What is a row?", options = {
---  { "query", "One query and its keys", "So it is.", right = true },
---  { "key", "One key and its queries", "That is a column." } } }
---```
function at.choice(fields) end

---A number that the learner moves, wherever one stands in an expression, or as n of a figure. The same slider in two places moves both.
---
---    at.slider(min, max, start, label)
---
---```lua
---P.window { w = at.slider(1, 16, 4, "window w") } --> window(w=4)
---```
function at.slider(min, max, start, label) end

---A choice the learner switches: of expressions, contents or backgrounds.
---
---    at.options { { label, value }, ... }
---
---```lua
---at.options { { "band", P.window { w = 4 } }, { "comb", P.stride { s = 4 } } } --> options
---```
function at.options(fields) end

---P: a function for every atom and design of the catalogue; | & - join expressions (bracket what is mixed with -).
---
---```lua
---at.pattern.window { w = 4 } | at.pattern.sink { s = 1 } --> window(w=4) | sink(s=1)
---```
at.pattern = nil

---The number of this interface.
---
---```lua
---at.api --> 1
---```
at.api = nil

---The version of the program.
---
---```lua
---#at.version > 0 --> true
---```
at.version = nil

---Whether this version has something: "choice", "window", "pattern:kept".
---
---    at.has(name)
---
---```lua
---at.has "choice" --> true
---```
function at.has(name) end

---A set of positions; ranges with both ends.
---
---    at.set { key or { first, last }, ... }
---
---```lua
---at.set { { 0, 3 }, 7, { 9, 12 } } --> 0-3, 7, 9-12
---```
function at.set(fields) end

---Words as content: a text, or n dealt from a seed (n: else the figure's). Each distinct word has its own vectors.
---
---    at.words { text = or seed =, n = }
---
---```lua
---P.topk { k = 2 }:at { n = 8, content = at.words { seed = 7 } }:count(7) --> 2
---```
function at.words(fields) end

---A toy problem as content: local, needle, clusters, repeats, sink or flat.
---
---    at.toy { kind =, seed =, d = }
---
---```lua
---P.topk { k = 2 }:at { n = 8, content = at.toy { kind = "local" } }:count(7) --> 2
---```
function at.toy(fields) end

---One row, the last, given by its scaled scores.
---
---    at.scores { score, ... }
---
---```lua
---P.topk { k = 2 }:at { content = at.scores { 2, 1, 0, -1 } }:row(3) --> 0-1
---```
function at.scores(fields) end

---Weights of scores over the keys of keep (all without it), 0 elsewhere; a sink is one score more in the denominator.
---
---    at.softmax(scores, keep, sink)
---
---```lua
---("%.4f"):format(at.softmax({ 2, 1, 0, -1 }, at.set { 0, 1 })[1]) --> 0.7311
---```
function at.softmax(scores, keep, sink) end

---The output of one row: the values mixed by those weights; a number where the values are numbers.
---
---    at.attend { scores =, v =, keep =, sink = }
---
---```lua
---at.attend { scores = { 0, 0 }, v = { 1, 3 } } --> 2.0
---```
function at.attend(fields) end
at.pattern = P

return at
