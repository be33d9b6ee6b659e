-- draw.lua - what several lessons draw from: the text they share, ways to say a set or a row of
-- numbers, and chance with a condition.

local at = require "attend"

local draw = {}

-- Sixteen tokens. With this seed the query "on" (row 12) likes "boat" and "man" best.
draw.text = "the old boat drifted down the river while the old man slept on the deck ."
draw.n = 16

function draw.words()
  return at.words { text = draw.text, seed = 3 }
end

-- The same, cut at the last full stop: fifteen words and one more, no sign among them.
draw.text_without_stop = "the old boat drifted down the river while the old man slept on the wet deck"

-- {0,1,9,10,11,12} as "0-1, 9-12".
function draw.runs(set)
  local keys, runs, first = set:list(), {}, 1
  for k = 1, #keys do
    if keys[k + 1] ~= keys[k] + 1 then
      runs[#runs + 1] = k == first and tostring(keys[k]) or keys[first] .. "-" .. keys[k]
      first = k + 1
    end
  end
  return table.concat(runs, ", ")
end

function draw.braces(set)
  return "{" .. draw.runs(set) .. "}"
end

-- 1 key, 2 keys
function draw.some(count, word)
  return ("%d %s%s"):format(count, word, count == 1 and "" or "s")
end

-- third, fourth, …
local ordinal = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth" }
function draw.nth(count)
  return ordinal[count]
end

-- (.64, .24, .09, .03): the shortest way to write shares.
function draw.shares(list, decimals)
  local written = {}
  for k, share in ipairs(list) do
    local digits = ("%." .. (decimals or 2) .. "f"):format(share)
    written[k] = digits:gsub("^0%.", ".")
  end
  return "(" .. table.concat(written, ", ") .. ")"
end

-- (2, 1, 0, -1)
function draw.list(list)
  local written = {}
  for k, x in ipairs(list) do written[k] = ("%g"):format(x) end
  return "(" .. table.concat(written, ", ") .. ")"
end

-- Draws with make() until good(value) holds. A condition that hardly ever holds runs into the
-- budget of the question, which `attend test` reports.
function draw.until_good(make, good)
  local value = make()
  while not good(value) do value = make() end
  return value
end

-- The first row in which two patterns of the same n differ; nil if they are the same sets.
function draw.first_difference(a, b, n)
  for i = 0, n - 1 do
    if draw.runs(a:row(i)) ~= draw.runs(b:row(i)) then return i end
  end
  return nil
end

return draw
