-- slips.lua - the mistakes that have a name, and what the learner hears after each.
--
--    local slips = require "lib.slips"
--    wrong = slips.rows(right, {
--      { i,     "no-self" },                                 -- value, slip: the sentence stands here
--      { i + 2, "fencepost", "Keys 0 to 4 are 5 keys." },    -- or the lesson has a better one
--      { i < w and w or nil, "short-rows" },                 -- nil: no such mistake in this variant
--    })
--
-- rows() leaves out what cannot be told apart: a value that equals the right answer or an earlier
-- row. So the order of the rows is the order in which mistakes are likely.

local slips = {}

local sentence = {
  -- One row.
  ["dense"] = "That is the whole dense row; this rule keeps only part of it.",
  ["no-self"] = "The query's own key belongs to the set; you left it out.",
  ["extra-self"] = "You added the own key on top; this rule already counts it (or leaves it out on purpose).",
  ["self-kept"] = "\"Strictly before\" leaves row 0 with nothing at all: an empty row.",
  ["left-is-w"] = "This parameter counts left neighbours; the own key comes on top.",
  ["no-sinks"] = "The window is right; the keys at the start are attended to as well.",
  ["one-part"] = "That is one part alone; the set is the union of all its parts.",
  ["sum-not-union"] = "You added two sizes; keys in both parts count once.",
  ["sum-clipped"] = "You clipped both parts correctly, then counted shared keys twice.",
  ["multiset"] = "A key in two parts is one key of the set.",
  ["short-rows"] = "Rows near the edge are shorter: there is nothing before key 0 (or after the last).",
  ["base-shift"] = "Check where counting starts: this question says which base it uses.",
  ["fencepost"] = "From a to b inclusive there are b - a + 1 keys.",
  ["two-sided"] = "You counted keys after the query; a causal row stops at its own key.",
  ["one-sided"] = "This background is bidirectional: keys to the right count too.",
  ["span-for-count"] = "That is how far the row stretches; asked is how many keys it holds.",
  ["times-d"] = "Gaps are skipped: w keys with step d are w keys, stretching (w-1)d + 1.",
  ["whole-blocks"] = "The own block is only filled up to the query.",
  ["forgets-own-block"] = "The own block is always in, up to the query.",
  ["no-back"] = "The block before is read too.",
  ["interior-everywhere"] = "The first, second and last blocks differ from the middle.",
  ["no-document"] = "The window crosses a document border; keys beyond it are masked.",
  ["clip-causal"] = "Inside the prefix everyone sees the whole prefix, later keys too.",
  ["cut-not-shifted"] = "This window is pushed inside at the edge, so it keeps its size.",
  ["k-anyway"] = "Early rows have fewer than k keys to choose from.",
  ["log-only"] = "Add the key one back (2^0) and the own key.",

  -- All rows.
  ["square-base"] = "A causal matrix has n(n+1)/2 cells to begin with, not n².",
  ["half-n"] = "Nearly: rows 1 … n average to (n+1)/2.",
  ["last-row"] = "That is the longest row, not the mean.",
  ["n-over-w"] = "Dense causal is already half empty, so less is saved than n/w.",
  ["complement"] = "That is the share that was skipped; asked is the share that was scored.",

  -- Memory.
  ["reads-for-stores"] = "That many are read now; older keys that a later query needs must be kept as well.",
  ["stores-for-reads"] = "That is what is stored; this step reads one more (or fewer).",
  ["keeps-all"] = "Look at later rows: nobody reads most of those keys again.",
  ["stays-at-capacity"] = "Nothing is evicted after the prompt: every new token adds one.",
  ["heads-for-keys"] = "Sharing heads changes how many vectors are stored, not which indices are read.",
  ["vectors-for-keys"] = "You counted stored vectors; asked are indices.",
  ["gqa-is-mqa"] = "One KV group for all heads is MQA; one per head is MHA.",

  -- Weights.
  ["not-renormalised"] = "These are the dense weights; the kept ones must sum to 1 again.",
  ["split-evenly"] = "The dropped weight isn't shared out equally: all kept weights grow by one factor.",

  -- Layers.
  ["l-times-w"] = "Each layer adds w - 1 new keys, because the own key is counted in w.",
  ["reach-is-one-hop"] = "Reachable through layers isn't the same as read directly.",

  -- Classes.
  ["content-by-look"] = "A pattern may look irregular and still be fixed; change the words and watch.",
  ["position-by-size"] = "The size is fixed, but which keys are chosen depends on the words.",
  ["hybrid-missed"] = "Part of the set stays in every deal, part moves.",
}

function slips.says(slip)
  return sentence[slip] or error(("lib/slips.lua has no slip %q"):format(slip))
end

-- The values of an answer, one a box.
local function boxes(value)
  return math.type(value) and { value } or value
end

-- Whether a learner's typing could stand for both answers. `share` is the tolerance of the question
-- as a share of the value; twice that must lie between two answers.
local function same(a, b, share)
  a, b = boxes(a), boxes(b)
  for k = 1, #a do
    local larger = math.max(math.abs(a[k]), math.abs(b[k]))
    if math.abs(a[k] - b[k]) > 2 * share * larger then return false end
  end
  return true
end

-- The wrong rows of an integer question, or of a number question with its tolerance (0.01 for 1 %).
function slips.rows(right, candidates, share)
  local taken, rows = { right }, {}
  for _, candidate in ipairs(candidates) do
    local value, slip, own = candidate[1], candidate[2], candidate[3]
    local fresh = value ~= nil
    for _, other in ipairs(taken) do
      fresh = fresh and not same(value, other, share or 0)
    end
    if fresh then
      taken[#taken + 1] = value
      rows[#rows + 1] = { value, slip, own or slips.says(slip), keys = candidate.keys }
    end
  end
  return rows
end

-- A verdict's slip for `why` of a classify question: its id and its sentence, the lesson's own words
-- behind it.
function slips.why(slip, more)
  return { slip, more and slips.says(slip) .. " " .. more or slips.says(slip) }
end

return slips
