-- scores-of-another-length.lua:7: pages[2].parts[1].content: the content has 3 tokens, the figure 8
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { at.figure { n = 8, recipe = P.topk { k = 2 }, content = at.scores { 1, 2, 3 } } }),
}
