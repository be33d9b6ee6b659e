-- syntax-error.lua:5: '}' expected (to close '{' at line 4) near 'at'
local at = require "attend"
local P = at.pattern
return at.lesson { title = "x" 
  at.page("a", { "x" }) }
