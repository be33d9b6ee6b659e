-- right-is-a-text.lua:7: pages[2].right: this must be a number, not a text
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", at.integer { "How many?", right = "4" }),
}
