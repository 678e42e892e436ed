// The layout engine in its own thread. elk's worker script installs its message handler by itself.

import 'elkjs/lib/elk-worker.min.js'
