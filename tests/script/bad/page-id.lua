-- page-id.lua:7: pages[2]: "Look here" is no id
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("Look here", { "Text." }),
}
