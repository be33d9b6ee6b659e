-- figure-without-n.lua:7: pages[2].parts[1]: n, the number of tokens, is missing
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { at.figure { recipe = P.window { w = 2 } } }),
}
