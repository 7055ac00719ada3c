### The one sign that opens a card. It is always followed by the state in words.

-mark-draft = ✏️
-mark-act = ⚠️
-mark-wait = ⏳
-mark-go = 📤
-mark-ok = ✅
-mark-fail = ❌
-mark-unknown = ❓
-mark-off = 🚫
-mark-pause = ⏸
