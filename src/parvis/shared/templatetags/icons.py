"""Our own small set of icons: paths drawn on a 24 × 24 grid, stroke 2, round ends."""

from __future__ import annotations

ICONS = {
    "alert": '<path d="M12 3 2 20.5h20z"/><path d="M12 10v5M12 17.8v.2"/>',
    "arrow-left": '<path d="M20 12H4M11 5l-7 7 7 7"/>',
    "arrow-right": '<path d="M4 12h16M13 5l7 7-7 7"/>',
    "bell": '<path d="M6 17v-6a6 6 0 0 1 12 0v6l2 2H4zM10 22h4"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"/>',
    "camera": '<path d="M3 8h4l2-3h6l2 3h4v11H3z"/><circle cx="12" cy="13" r="3.5"/>',
    "check": '<path d="m5 12.5 5 5L19.5 7"/>',
    "check-circle": '<circle cx="12" cy="12" r="9"/><path d="m8 12.5 3 3 5.5-6"/>',
    "chevron-down": '<path d="m6 9 6 6 6-6"/>',
    "chevron-right": '<path d="m9 6 6 6-6 6"/>',
    "chevron-left": '<path d="m15 6-6 6 6 6"/>',
    "circle": '<circle cx="12" cy="12" r="8.5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "copy": '<path d="M9 9h11v11H9z"/><path d="M15 9V4H4v11h5"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "edit": '<path d="M4 20l1-5L16 4l4 4L9 19z"/>',
    "external": '<path d="M14 4h6v6M20 4l-9 9M11 5H4v15h15v-7"/>',
    "eye": '<path d="M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12z"/><circle cx="12" cy="12" r="2.8"/>',
    "filter": '<path d="M3 5h18l-7 8.5V20l-4-2v-4.5z"/>',
    "flag": '<path d="M5 21V4M5 5h13l-3 4.5 3 4.5H5"/>',
    "folder": '<path d="M3 6h6l2 2.5h10V19H3z"/>',
    "half": '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>',
    "home": '<path d="M4 11 12 4l8 7v9h-5.5v-6h-5v6H4z"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.3v.2"/>',
    "language": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3.8 6 3.8 9s-.8 6-3.8 9'
    'c-3-3-3.8-6-3.8-9S9 6 12 3z"/>',
    "link": '<path d="M10 14a4.5 4.5 0 0 0 6.4 0l3.3-3.3a4.5 4.5 0 0 0-6.4-6.4L12 5.6"/>'
    '<path d="M14 10a4.5 4.5 0 0 0-6.4 0l-3.3 3.3a4.5 4.5 0 0 0 6.4 6.4L12 18.4"/>',
    "list": '<path d="M8 6h13M8 12h13M8 18h13M3.5 6h.1M3.5 12h.1M3.5 18h.1"/>',
    "locate": '<circle cx="12" cy="12" r="6"/><path d="M12 2v4M12 18v4M2 12h4M18 12h4"/>',
    "lock": '<path d="M5 11h14v10H5zM8 11V7.5a4 4 0 0 1 8 0V11"/>',
    "mail": '<path d="M3 5.5h18v13H3z"/><path d="m3.5 6.5 8.5 7 8.5-7"/>',
    "map": '<path d="m3 6 6-2.5 6 2.5 6-2.5V18l-6 2.5L9 18l-6 2.5zM9 3.5V18M15 6v14.5"/>',
    "menu": '<path d="M3.5 6h17M3.5 12h17M3.5 18h17"/>',
    "merge": '<path d="M6 3v5c0 4 6 4 6 8v5M18 3v5c0 4-6 4-6 8M9 18l3 3 3-3"/>',
    "message": '<path d="M3 4.5h18v12H11l-5 4v-4H3z"/>',
    "minus": '<path d="M5 12h14"/>',
    "note": '<path d="M5 3.5h14v11l-6 6H5zM13 20.5v-6h6"/>',
    "pause": '<circle cx="12" cy="12" r="9"/><path d="M10 8.5v7M14 8.5v7"/>',
    "phone": '<path d="M5 3.5h4l1.5 5L8 10.2a12 12 0 0 0 5.8 5.8l1.7-2.5 5 1.5v4c0 1-.8 1.5-1.8 1.5'
    'C10.5 20 4 13.5 3.5 5.3 3.5 4.3 4 3.5 5 3.5z"/>',
    "pin": '<path d="M12 21.5s7-6.3 7-11.5a7 7 0 0 0-14 0c0 5.2 7 11.5 7 11.5z"/><circle cx="12" cy="10" r="2.5"/>',
    "play": '<circle cx="12" cy="12" r="9"/><path d="M10 8v8l6-4z" fill="currentColor"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8V3.5h10V8M7 17H3.5V8h17v9H17M7 14h10v6.5H7z"/>',
    "refresh": '<path d="M20 5v5h-5M4 19v-5h5"/><path d="M19.5 10A8 8 0 0 0 5 8.5M4.5 14A8 8 0 0 0 19 15.5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5.5 5.5"/>',
    "settings": '<circle cx="12" cy="12" r="3"/><path d="M12 2.5v4M12 17.5v4M2.5 12h4M17.5 12h4M5.3 5.3l2.8 2.8'
    'M15.9 15.9l2.8 2.8M5.3 18.7l2.8-2.8M15.9 8.1l2.8-2.8"/>',
    "trash": '<path d="M4 6.5h16M9 6V3.5h6V6M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6"/>',
    "undo": '<path d="M4 10h11a5 5 0 0 1 0 10h-4M8.5 5.5 4 10l4.5 4.5"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4 20.5c.5-4.5 3.5-6.5 8-6.5s7.5 2 8 6.5"/>',
    "users": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 19.5c.4-4 2.8-6 6.5-6s6.1 2 6.5 6"/>'
    '<path d="M15.5 5a3.3 3.3 0 0 1 0 6.2M18 14.2c2 .8 3.2 2.5 3.5 5.3"/>',
    "wrench": '<path d="M20.5 7.5a5 5 0 0 1-6.8 5.4L7 19.6A2.1 2.1 0 0 1 4 16.7l6.7-6.7a5 5 0 0 1 6-6.7l-3 3'
    '.6 3.3 3.2.6z"/>',
}

# The shape beside each word of state, so that colour is never alone.
STATE_ICONS = {
    "received": "circle",
    "accepted": "half",
    "planned": "calendar",
    "in_progress": "play",
    "waiting": "pause",
    "closed": "check-circle",
}
