//! Making: technique, data, trades, arts.

use super::Paint::{Accent, Field, Ink};
use super::{Icon, dot, fill, line, ring, soft};

pub(super) const ICONS: &[Icon] = &[
    ("code", &[line(Ink, 10.0, "M30 25L7 50L30 75M70 25L93 50L70 75"), line(Accent, 9.0, "M59 17L41 83")]),
    (
        "chart",
        &[
            soft(Ink, "M13 64H27V88H13Z"),
            soft(Ink, "M43 50H57V88H43Z"),
            soft(Ink, "M73 36H87V88H73Z"),
            line(Accent, 6.5, "M11 44L36 26L54 32L85 10M70 9H86V25"),
        ],
    ),
    (
        "database",
        &[
            fill(Ink, "M14 21C14 7 86 7 86 21V79C86 93 14 93 14 79Z"),
            line(Field, 5.0, "M14 23C14 36 86 36 86 23M14 42C14 55 86 55 86 42M14 61C14 74 86 74 86 61"),
            fill(Accent, "M21 20C21 13 79 13 79 20C79 27 21 27 21 20Z"),
        ],
    ),
    (
        "gear",
        &[
            soft(Ink, "M44 8H56L59 24H41Z").turned(8),
            ring(Ink, 50.0, 50.0, 25.0, 17.0),
            dot(Accent, 50.0, 50.0, 9.0),
        ],
    ),
    (
        "wrench",
        &[
            line(Ink, 15.0, "M56 46L20 82"),
            line(Ink, 12.0, "M71 11A20 20 0 1 0 89 29"),
            dot(Accent, 20.5, 81.5, 5.0),
        ],
    ),
    (
        "flask",
        &[
            fill(Accent, "M33 60H67L79 80C81 84 79 86 75 86H25C21 86 19 84 21 80Z"),
            line(Ink, 7.5, "M35 10H65M42 11V39L17 78C13 85 17 90 24 90H76C83 90 87 85 83 78L58 39V11"),
            dot(Field, 43.0, 75.0, 4.5),
            dot(Field, 58.0, 69.0, 3.5),
        ],
    ),
    (
        "atom",
        &[
            line(Ink, 5.5, "M50 6C61 6 68 26 68 50C68 74 61 94 50 94C39 94 32 74 32 50C32 26 39 6 50 6Z")
                .turned(3),
            dot(Accent, 50.0, 50.0, 10.0),
        ],
    ),
    (
        "calculator",
        &[
            soft(
                Ink,
                "M24 10H76C79 10 81 12 81 15V85C81 88 79 90 76 90H24C21 90 19 88 19 85V15C19 12 21 10 24 10Z",
            ),
            soft(Field, "M32 22H68V32H32Z"),
            dot(Field, 33.0, 50.0, 5.5),
            dot(Field, 50.0, 50.0, 5.5),
            dot(Field, 67.0, 50.0, 5.5),
            dot(Field, 33.0, 64.0, 5.5),
            dot(Field, 50.0, 64.0, 5.5),
            dot(Field, 33.0, 78.0, 5.5),
            dot(Field, 50.0, 78.0, 5.5),
            line(Field, 11.0, "M67 65V78"),
        ],
    ),
    (
        "palette",
        &[
            fill(
                Ink,
                "M50 9C25 9 7 27 7 50C7 73 25 91 47 91C55 91 59 86 57 80C55 73 59 69 66 69H76C87 69 93 61 93 50C93 27 75 9 50 9Z",
            ),
            dot(Field, 27.0, 52.0, 7.0),
            dot(Field, 38.0, 31.0, 7.0),
            dot(Field, 61.0, 28.0, 7.0),
            dot(Field, 77.0, 46.0, 7.0),
        ],
    ),
    (
        "music",
        &[
            fill(Accent, "M34 18L84 8V26L34 36Z"),
            line(Ink, 7.0, "M34 76V18L84 8V66"),
            dot(Ink, 24.0, 77.0, 13.5),
            dot(Ink, 74.0, 67.0, 13.5),
        ],
    ),
    (
        "camera",
        &[
            soft(Ink, "M12 30H30L37 19H63L70 30H88V80H12Z"),
            dot(Field, 50.0, 54.0, 20.0),
            dot(Accent, 50.0, 54.0, 12.5),
            dot(Field, 79.0, 40.0, 3.5),
        ],
    ),
    (
        "scissors",
        &[
            line(Ink, 8.0, "M31 66L72 10M69 66L28 10"),
            ring(Ink, 24.0, 77.0, 12.0, 7.5),
            ring(Ink, 76.0, 77.0, 12.0, 7.5),
            dot(Accent, 50.0, 40.0, 6.0),
        ],
    ),
    (
        "chef",
        &[
            soft(
                Ink,
                "M28 64V56C15 56 8 47 9 37C10 26 21 20 31 24C34 13 42 9 50 9C58 9 66 13 69 24C79 20 90 26 91 37C92 47 85 56 72 56V64Z",
            ),
            line(Field, 4.5, "M40 62V50M60 62V50"),
            soft(Accent, "M28 78H72V88H28Z"),
        ],
    ),
    (
        "briefcase",
        &[
            line(Ink, 7.0, "M35 30V21C35 18 37 16 40 16H60C63 16 65 18 65 21V30"),
            soft(Ink, "M13 33H87V84H13Z"),
            line(Field, 5.0, "M10 57H90"),
            soft(Field, "M42 49H58V65H42Z"),
            soft(Accent, "M45 52H55V62H45Z"),
        ],
    ),
    (
        "rocket",
        &[
            soft(Accent, "M43 82H57L50 96Z"),
            soft(Ink, "M32 54L18 68V80L34 74Z"),
            soft(Ink, "M68 54L82 68V80L66 74Z"),
            line(Field, 5.0, "M31 56L37 74M69 56L63 74"),
            soft(Ink, "M50 6C65 18 71 36 69 56L62 72H38L31 56C29 36 35 18 50 6Z"),
            dot(Field, 50.0, 39.0, 10.0),
        ],
    ),
    ("bolt", &[soft(Ink, "M58 7L20 56H46L41 93L80 41H54Z")]),
];
