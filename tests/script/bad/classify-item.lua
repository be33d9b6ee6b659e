-- classify-item.lua:7: pages[2].items[2]: the right verdict is missing: right =
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("which", at.classify { "Which?", items = { { "a window", right = "positional" }, { "top k" } } }),
}
