-- print.lua:2: attempt to call a nil value (global 'print')
print("hello")
