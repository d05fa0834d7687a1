//! People, places, nature, honours.

use super::Paint::{Accent, Field, Ink};
use super::{Icon, dot, fill, line, ring, soft};

pub(super) const ICONS: &[Icon] = &[
    (
        "heart",
        &[
            soft(
                Ink,
                "M50 88C20 66 9 51 9 34C9 21 18 13 29 13C38 13 46 18 50 26C54 18 62 13 71 13C82 13 91 21 91 34C91 51 80 66 50 88Z",
            ),
            line(Field, 6.0, "M9 47H33L41 33L52 63L60 47H91"),
        ],
    ),
    ("pulse", &[line(Ink, 8.5, "M5 52H25L38 19L54 83L66 43L72 52H84"), dot(Accent, 90.0, 52.0, 8.0)]),
    (
        "people",
        &[
            dot(Accent, 19.0, 36.0, 11.0),
            dot(Accent, 81.0, 36.0, 11.0),
            fill(Accent, "M2 80C2 62 8 53 19 53C26 53 31 56 34 62L28 80Z"),
            fill(Accent, "M98 80C98 62 92 53 81 53C74 53 69 56 66 62L72 80Z"),
            line(Field, 9.0, "M23 87C23 64 33 52 50 52C67 52 77 64 77 87Z"),
            dot(Field, 50.0, 29.0, 20.0),
            dot(Ink, 50.0, 29.0, 15.5),
            fill(Ink, "M23 87C23 64 33 52 50 52C67 52 77 64 77 87Z"),
        ],
    ),
    (
        "globe",
        &[
            ring(Ink, 50.0, 50.0, 41.0, 6.5),
            line(Ink, 5.5, "M50 9C27 32 27 68 50 91C73 68 73 32 50 9Z"),
            line(Ink, 5.5, "M13 35H87M13 65H87"),
        ],
    ),
    (
        "compass",
        &[
            ring(Ink, 50.0, 50.0, 41.0, 7.0),
            soft(Accent, "M72 28L57 57L43 43Z"),
            soft(Ink, "M28 72L43 43L57 57Z"),
            dot(Field, 50.0, 50.0, 5.0),
        ],
    ),
    (
        "mountain",
        &[
            soft(Ink, "M6 86L38 28L56 60L66 46L94 86Z"),
            line(Accent, 5.0, "M38 26V6"),
            soft(Accent, "M40 8L56 13L40 18Z"),
            line(Field, 5.0, "M27 50L35 44L41 51L48 46"),
        ],
    ),
    (
        "leaf",
        &[
            fill(Ink, "M90 10C40 8 10 30 13 66C13 74 16 80 20 85C62 90 90 62 90 10Z"),
            line(Field, 5.5, "M22 84C32 64 48 46 70 30M38 60L36 42M38 60L58 58M52 45L51 30M52 45L70 46"),
            line(Ink, 7.0, "M9 93C13 88 17 84 22 80"),
        ],
    ),
    (
        "sprout",
        &[
            line(Ink, 7.0, "M50 88V50M26 90H74"),
            fill(Ink, "M50 54C52 30 36 16 8 16C8 42 24 56 50 54Z"),
            fill(Accent, "M50 70C48 48 64 34 92 34C92 58 76 72 50 70Z"),
        ],
    ),
    (
        "flower",
        &[
            fill(Ink, "M50 50C33 38 36 12 50 6C64 12 67 38 50 50Z").turned(6),
            dot(Field, 50.0, 50.0, 17.0),
            dot(Accent, 50.0, 50.0, 12.0),
        ],
    ),
    ("sun", &[line(Ink, 8.0, "M50 7V17").turned(8), dot(Accent, 50.0, 50.0, 22.0)]),
    (
        "drop",
        &[
            fill(Ink, "M50 5C67 29 83 45 83 63C83 80 68 93 50 93C32 93 17 80 17 63C17 45 33 29 50 5Z"),
            line(Field, 6.5, "M33 62C33 72 39 78 48 80"),
        ],
    ),
    (
        "scales",
        &[
            line(Ink, 6.5, "M50 14V86M30 88H70M18 27C32 29 40 22 50 22C60 22 68 29 82 27"),
            line(Ink, 4.5, "M18 28L5 60M18 28L31 60M82 28L69 60M82 28L95 60"),
            fill(Accent, "M2 60H34C34 71 27 76 18 76C9 76 2 71 2 60Z"),
            fill(Accent, "M66 60H98C98 71 91 76 82 76C73 76 66 71 66 60Z"),
            dot(Ink, 50.0, 13.0, 7.0),
        ],
    ),
    (
        "security",
        &[
            soft(Ink, "M50 9C61 17 73 20 86 20V46C86 68 72 83 50 92C28 83 14 68 14 46V20C27 20 39 17 50 9Z"),
            line(Field, 9.5, "M32 50L45 63L69 37"),
        ],
    ),
    (
        "key",
        &[
            line(Ink, 10.0, "M46 46L86 86M86 86L94 78M71 71L80 62"),
            ring(Ink, 31.0, 31.0, 20.0, 10.0),
            dot(Accent, 31.0, 31.0, 7.0),
        ],
    ),
    (
        "institution",
        &[
            soft(Ink, "M50 11L89 32H11Z"),
            dot(Field, 50.0, 24.5, 5.0),
            line(Ink, 9.5, "M22 46V70M41 46V70M59 46V70M78 46V70"),
            line(Accent, 8.5, "M12 86H88"),
        ],
    ),
    (
        "trophy",
        &[
            line(Accent, 6.5, "M26 20H11C11 36 18 45 30 45M74 20H89C89 36 82 45 70 45"),
            soft(Ink, "M28 11H72V36C72 52 62 61 50 61C38 61 28 52 28 36Z"),
            line(Ink, 9.0, "M50 60V78"),
            soft(Ink, "M32 82H68V90H32Z"),
        ],
    ),
    (
        "medal",
        &[
            fill(Accent, "M24 6H44L52 34L40 42Z"),
            fill(Accent, "M76 6H56L44 40L60 42Z"),
            dot(Field, 50.0, 64.0, 33.0),
            ring(Ink, 50.0, 64.0, 25.0, 7.0),
            soft(
                Ink,
                "M50 51L53.5 59.2L62.4 60L55.7 65.8L57.6 74.5L50 70L42.4 74.5L44.3 65.8L37.6 60L46.5 59.2Z",
            ),
        ],
    ),
    ("clock", &[ring(Ink, 50.0, 50.0, 41.0, 8.0), line(Accent, 7.5, "M50 25V50L67 61")]),
    (
        "anchor",
        &[
            line(
                Ink,
                8.0,
                "M50 30V88M31 42H69M12 56C14 78 31 89 50 89C69 89 86 78 88 56M5 64L12 55L20 63M95 64L88 55L80 63",
            ),
            ring(Accent, 50.0, 18.0, 11.0, 7.0),
        ],
    ),
];
