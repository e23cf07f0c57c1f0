"""What people write in German."""

from __future__ import annotations

from audioworkout.languages.de import number

NUMBERS: dict[str, int] = {
    **{number(n): n for n in range(2, 101)},
    "eins": 1,
    "zwo": 2,
    "dreissig": 30,
    "fuenf": 5,
    "zwoelf": 12,
    "fuenfzehn": 15,
}
ONES = ("ein", "eine", "einen", "einem", "einer")

UNITS: dict[str, str] = {
    "reps": "wiederholung|wiederholungen|wdh|wdhl|wdhlg|wh|whs|wiederh|wdhs",
    "sets": "satz|sätze|sätzen|serie|serien|arbeitssätze",
    "rounds": "runde|runden|durchgang|durchgänge|durchgängen|durchlauf|durchläufe|durchläufen",
    "s": "sek|sekunde|sekunden|sec",
    "min": "minute|minuten",
    "h": "std|stunde|stunden",
    "m": "meter|metern",
    "km": "kilometer|kilometern",
    "mi": "meile|meilen",
    "steps": "schritt|schritte|schritten",
    "breaths": "atemzug|atemzüge|atemzügen",
    "cal": "kalorie|kalorien",
    "kg": "kilo|kilogramm|kilos",
    "lb": "pfund",
    "%": "prozent",
    "side": "seite|seiten|körperseite|körperseiten",
    "leg": "bein|beine|beinen|fuss|füsse|füssen|knie",
    "arm": "arm|arme|armen|hand|hände|händen|schulter",
    "direction": "richtung|richtungen",
    "dumbbell": "kurzhantel|hantel|kh",
    "dumbbells": "kurzhanteln|hanteln|khs",
    "kettlebell": "kugelhantel",
    "kettlebells": "kugelhanteln",
    "barbell": "langhantel|lh|hantelstange",
    "backpack": "rucksack",
    "plate": "scheibe|hantelscheibe|gewichtsscheibe",
    "vest": "weste|gewichtsweste",
    "ball": "medizinball",
    "bottle": "flasche|wasserflasche",
    "bottles": "flaschen|wasserflaschen",
    "pulses": "puls|pulse",
}

COMMON = (
    "ab aber als am an auch auf aus bei beim bis da das dass dein deine deinen deiner dem den "
    "der des dich die dir doch du durch ein eine einem einen einer es für gegen hinten hinter "
    "ich ihr im in ins ist jede jeden jeder jedes kein keine lass leicht links man mein meine "
    "mit nach nicht noch nur ob oben oder ohne pro rechts sehr sich sie sind so um und unten "
    "unter vom von vor vorn vorne wenn wie wir zu zum zur zwischen über"
)

PHRASES: dict[str, str] = {
    # How often and how much
    "sets of": "sätze à|sätze á|sätze a|sätze zu|sätze zu je|sätze je|sätze mit je|sätze von"
    "|sätze jeweils|sätze mit jeweils|sätze zu jeweils",
    "# s": "# ' '",
    "# x #": "# mal #|# mal je #|# mal jeweils #|# x je #|# x jeweils #",
    "# reps hold # s": "# reps à # s|# reps zu je # s|# reps je # s",
    "# times": "# mal",
    "2 x": "zweimal",
    "3 x": "dreimal",
    "4 x": "viermal",
    "5 x": "fünfmal",
    "6 x": "sechsmal",
    "8 x": "achtmal",
    "10 times": "zehnmal",
    "for # s to # min": "für # s bis # min",
    "for # min to # min": "für # min bis # min",
    "for # s to # s": "für # s bis # s",
    "# s to # s": "# s bis # s|# s bis zu # s",
    "# min to # min": "# min bis # min",
    "# s to # min": "# s bis # min",
    "# to #": "# bis #|# bis zu #",
    "# down to #": "# runter auf #|# runter bis #|# herunter auf #|# herunter bis #"
    "|# hinunter bis #|# abwärts bis #|# absteigend bis #|von # runter auf #|von # runter bis #"
    "|von # herunter auf #|von # herunter bis #|von # abwärts bis #|von # rückwärts bis #",
    "# up to #": "# hoch auf #|# hoch bis #|# rauf auf #|# rauf bis #|# aufwärts bis #"
    "|von # hoch auf #|von # hoch bis #|von # rauf bis #|von # aufwärts bis #|# aufsteigend bis #",
    "# .. #": "von # bis #|von # auf #",
    "up to": "bis zu|maximal|höchstens",
    "ladder": "leiter",
    "pyramid": "pyramide",
    "of": "à|á|zu je|von je|jeweils|je",
    "x": "mal",
    # Time
    "30 s": "halbe minute|eine halbe minute|1 / 2 minute",
    "30 min": "halbe stunde|eine halbe stunde|1 / 2 stunde",
    "15 min": "viertelstunde|eine viertelstunde",
    "1.5 min": "anderthalb minuten|eineinhalb minuten",
    "2.5 min": "zweieinhalb minuten",
    "# min # s": "# min # s|# min und # s|# ' # s|# ' # \"|# ' #",
    # Rests and pauses
    "restpause": "pause|pausen|pausieren|pausenzeit",
    "rest": "satzpause|satzpausen|serienpause|erholung|erholungspause|ruhe|ruhepause|ausruhen"
    "|pausendauer|trabpause|gehpause|zwischenpause|verschnaufpause|rast|rundenpause",
    "restpause , # sets": "pause , # mal|pause # mal|pause , # runden|pause , # x",
    "rest # min ,": "je # min pause|jeweils # min pause",
    "rest # s ,": "je # s pause|jeweils # s pause",
    "# s on , # s off": "# s an , # s aus|# s an # s aus",
    "no rest": "ohne pause|keine pause|ohne pausen|keine pausen|ohne satzpause|pausenlos",
    "rest # s": "dazwischen # s pause|zwischendurch # s pause|pause dazwischen # s|# s pausieren"
    "|# s ausruhen",
    "rest # min": "dazwischen # min pause|zwischendurch # min pause|pause dazwischen # min",
    "# s rest": "# s p|p # s|# s satzpause",
    "# min rest": "# min p|p # min|# min satzpause",
    "rest between": "pause dazwischen|pause jeweils dazwischen|pause zwischendurch|pause jeweils",
    "rest between sets": "pause zwischen den sätzen|pause zwischen sätzen|pause nach jedem satz"
    "|pause je satz|pause pro satz|pause zwischen den runden|pause zwischen den wiederholungen"
    "|pause zwischen den intervallen|pause zwischen jedem satz|satzpause dazwischen",
    "between": "dazwischen|zwischendurch",
    "work": "arbeit|belastung|arbeiten|belasten|aktiv|trainieren",
    "jog": "traben|trab|trabend",
    "walk": "gehen|spazieren",
    # Holding and tempo
    "hold": "halten|gehalten|haltezeit|halte",
    "hold # s at top": "oben # s halten|# s oben halten|oben je # s halten|oben jeweils # s halten"
    "|am höchsten punkt # s halten|oben für # s halten",
    "hold # s at bottom": "unten # s halten|# s unten halten|unten je # s halten"
    "|unten jeweils # s halten|am tiefsten punkt # s halten",
    "hold # s": "je # s halten|jeweils # s halten|dabei # s halten|für # s halten",
    "# s hold": "# s halten",
    "pause # s at top": "oben # s pause|oben pause # s|# s pause oben|pause # s oben"
    "|pause oben # s",
    "pause # s at bottom": "unten # s pause|unten pause # s|# s pause unten|pause # s unten"
    "|pause unten # s",
    "at top": "oben|am höchsten punkt",
    "at bottom": "unten|am tiefsten punkt",
    "# s down": "# s runter|# s ab|# s herunter|# s ablassen|# s absenken|# s senken|# s abwärts"
    "|# s exzentrisch|# s negativ|runter # s|# s nach unten",
    "# s up": "# s hoch|# s rauf|# s aufwärts|# s konzentrisch|# s nach oben|hoch # s|# s auf",
    "tempo": "rhythmus",
    "# pulses": "# mal pulsieren|# mal nachfedern|# mal federn|# x nachfedern|# x pulsieren",
    "last rep # pulses": "letzte wiederholung # pulse|bei der letzten # pulse|am ende # pulse"
    "|bei der letzten wiederholung # pulse|zum schluss # pulse|am schluss # pulse|danach # pulse"
    "|dann # pulse|zum schluss # mal nachfedern|am ende # mal nachfedern"
    "|und bei der letzten # pulse",
    # Sides
    "each side": "je seite|pro seite|jede seite|auf jeder seite|auf jede seite|beidseitig"
    "|an jeder seite|zu jeder seite|nach jeder seite|rechts und links|links und rechts"
    "|rechts / links|links / rechts|re / li|li / re|jeweils rechts und links"
    "|jeweils links und rechts"
    "|für jede seite",
    "# s each side": "# s auf jeder seite|# s auf jede seite",
    "# s each leg": "# s auf jedem bein",
    "each side ,": "li / re je|re / li je|links / rechts je|rechts / links je"
    "|rechts und links je|links und rechts je",
    "each leg": "je bein|pro bein|jedes bein|mit jedem bein|auf jedem bein|an jedem bein"
    "|für jedes bein|jeweils bein",
    "each arm": "je arm|pro arm|jeder arm|jeden arm|mit jedem arm|mit jeder hand|jede hand"
    "|für jeden arm",
    "each direction": "je richtung|pro richtung|in jede richtung|jede richtung|in beide richtungen"
    "|beide richtungen",
    "/ side": "/ seite",
    "/ leg": "/ bein",
    "/ arm": "/ arm",
    "both sides": "beide seiten|beiden seiten|auf beiden seiten",
    "both legs": "beide beine|beiden beinen|mit beiden beinen|beidbeinig",
    "both arms": "beide arme|beiden armen|mit beiden armen|beidarmig|beidhändig",
    "together": "zusammen|gleichzeitig",
    "alternating": "im wechsel|abwechselnd|wechselnd|alternierend|wechselseitig|im seitenwechsel"
    "|seiten abwechselnd|beine abwechselnd|arme abwechselnd|abwechselnd links und rechts"
    "|abwechselnd rechts und links|immer abwechselnd",
    "left": "links|linke|linkes|linker|linken|li",
    "right": "rechts|rechte|rechtes|rechter|rechten|re",
    "left only": "nur links|nur linke seite|nur die linke seite|nur mit links",
    "right only": "nur rechts|nur rechte seite|nur die rechte seite|nur mit rechts",
    "left leg only": "nur linkes bein|nur das linke bein|nur mit dem linken bein",
    "right leg only": "nur rechtes bein|nur das rechte bein|nur mit dem rechten bein",
    "left arm only": "nur linker arm|nur der linke arm|nur mit dem linken arm|nur den linken arm",
    "right arm only": "nur rechter arm|nur der rechte arm|nur mit dem rechten arm"
    "|nur den rechten arm",
    "left first": "links zuerst|zuerst links|erst links|links beginnen|mit links beginnen"
    "|linke seite zuerst|linkes bein zuerst|beginnend links|zuerst die linke seite",
    "right first": "rechts zuerst|zuerst rechts|erst rechts|rechts beginnen|mit rechts beginnen"
    "|rechte seite zuerst|rechtes bein zuerst|beginnend rechts|zuerst die rechte seite",
    "left , then right": "links dann rechts|erst links dann rechts|links , dann rechts"
    "|erst links , dann rechts|zuerst links dann rechts",
    "right , then left": "rechts dann links|erst rechts dann links|rechts , dann links"
    "|erst rechts , dann links|zuerst rechts dann links",
    "first": "zuerst|zunächst",
    "only": "nur|ausschliesslich",
    "in all": "insgesamt|gesamt|in summe|alles zusammen",
    "out and back": "hin und zurück",
    "one way": "einfacher weg",
    # Load
    "# x # kg dumbbells": "# kurzhanteln à # kg|# kurzhanteln mit # kg|# kurzhanteln zu # kg"
    "|# kurzhanteln # kg|# kurzhanteln je # kg|# kurzhanteln mit je # kg|# kurzhanteln von # kg"
    "|# kurzhanteln a # kg|# # kg kurzhanteln|# kurzhanteln zu je # kg",
    "# x # kg kettlebells": "# kettlebells à # kg|# kettlebells mit # kg|# kettlebells je # kg"
    "|# kugelhanteln à # kg|# kugelhanteln mit # kg",
    "# kg dumbbell": "kurzhantel # kg|kurzhantel mit # kg|kurzhantel à # kg",
    "# kg dumbbells": "kurzhanteln # kg|kurzhanteln mit # kg|kurzhanteln à # kg"
    "|kurzhanteln je # kg",
    "# kg kettlebell": "kettlebell # kg|kettlebell mit # kg|kugelhantel # kg|kugelhantel mit # kg",
    "# kg barbell": "langhantel # kg|langhantel mit # kg",
    "# kg backpack": "rucksack # kg|rucksack mit # kg",
    "# kg vest": "weste # kg|weste mit # kg",
    "# kg ball": "medizinball # kg|medizinball mit # kg",
    "with": "mit|und|bei",
    "bodyweight": "ohne gewicht|ohne zusatzgewicht|körpergewicht|eigengewicht|eigenes körpergewicht"
    "|mit körpergewicht|mit eigengewicht|mit eigenem körpergewicht|ohne hanteln|ohne gewichte",
    "# kg per hand": "# kg pro arm|# kg je arm|# kg in jeder arm|# kg in jede arm|je # kg pro arm"
    "|je # kg in jeder arm|mit je # kg pro arm",
    "# kg": "je # kg|jeweils # kg|à # kg",
    "+ # kg": "mit # kg zusatzgewicht|plus # kg|# kg zusatzgewicht|+ # kg zusatzgewicht"
    "|zusatzgewicht # kg",
    # Effort
    "max": "maximum|maximal viele|so viele wie möglich|soviele wie möglich|so viel wie möglich"
    "|so oft wie möglich|möglichst viele|so viele es geht|so viele du kannst"
    "|maximale wiederholungen|maximale anzahl|alles was geht|so viele wiederholungen wie möglich"
    "|max wiederholungen|max anzahl|so oft es geht",
    "as long as possible": "so lange wie möglich|solange wie möglich|so lang wie möglich"
    "|möglichst lange|halten so lange wie möglich|so lange wie möglich halten"
    "|so lange du kannst|solange du kannst|so lange es geht|solange es geht",
    "to failure": "bis zum versagen|bis zum muskelversagen|bis muskelversagen|bis versagen"
    "|bis zur erschöpfung|bis nichts mehr geht|bis es nicht mehr geht|bis ans limit"
    "|bis zum limit|bis zum umfallen|muskelversagen|bis zum maximum|bis erschöpfung",
    "easy": "locker|leichtes tempo|lockeres tempo|lockerem tempo|in lockerem tempo|ganz locker"
    "|im lockeren tempo",
    "light": "leicht|leichtes gewicht|leichtem gewicht|mit leichtem gewicht",
    "heavy": "schwer|schweres gewicht|schwerem gewicht|mit schwerem gewicht",
    "moderate": "mittel|mittelschwer|moderat|mässig|mittleres tempo|mittlerem tempo"
    "|in mittlerem tempo",
    "hard": "hart|intensiv|anstrengend",
    "slow": "langsam|langsames tempo|langsamem tempo|ganz langsam|in zeitlupe",
    "fast": "schnell|schnelles tempo|schnellem tempo",
    "steady": "gleichmässig|konstant|gleichmässiges tempo",
    "relaxed": "entspannt",
    "gentle": "sanft",
    "brisk": "zügig|flott|in flottem tempo",
    "sprint": "sprinten|im sprint",
    "explosive": "explosiv",
    "controlled": "kontrolliert|sauber",
    "all out": "vollgas|volle kraft|alles geben|maximale anstrengung|voller einsatz",
    "# rir": "# wiederholungen in reserve|# in reserve|# im tank|# wiederholungen im tank"
    "|# im tank lassen|# wiederholungen im tank lassen|noch # im tank",
    "rpe #": "anstrengung # von 10|anstrengung #|intensität # von 10|belastung # von 10"
    "|rpe # von 10",
    "zone": "pulszone|herzfrequenzzone|in zone",
    "/ km": "pro kilometer|pro km|je km|je kilometer|auf den kilometer",
    # Breath
    "in #": "ein #|einatmen #|# s ein|# s einatmen|einatmen für #|atme ein #",
    "out #": "aus #|ausatmen #|# s aus|# s ausatmen|ausatmen für #|atme aus #",
    "hold #": "anhalten #|luft anhalten #|# s anhalten|halten #|atem anhalten #",
    # Windows and intervals
    "within": "innerhalb|innerhalb von|binnen",
    "cap": "zeitlimit|zeitbegrenzung",
    "every": "alle",
    "every minute": "every minute|jede minute|zu jeder minute|jede volle minute",
    "for #": "für #",
    "": "lang|in jedem satz|pro runde|ausführen|machen|durchführen|stück|pro satz|je satz|etwa|ca"
    "|circa|ungefähr|mindestens|auf zeit",
    "then": "dann|danach|anschliessend",
    "forward": "vorwärts|nach vorn|nach vorne",
    "backward": "rückwärts|nach hinten",
    "# forward": "# x vorwärts|# mal vorwärts|# x nach vorn|# mal nach vorn",
    "# backward": "# x rückwärts|# mal rückwärts|# x nach hinten|# mal nach hinten",
    "slow lowering": "langsam senken|langsam absenken|langsam ablassen|langsam runter",
    "walk back": "gehpause zurück|zurückgehen|zurück gehen|locker zurückgehen",
    ", # rounds": "in # rounds",
    ", # sets": "in # sets",
    "# a day": "# pro tag|# am tag|# täglich",
    "# reps a day": "# wdh pro tag|# wdh am tag|# wdh täglich",
    "# times a day": "# mal am tag|# mal täglich|# mal pro tag|# x am tag|# x täglich",
    "# times a week": "# mal pro woche|# mal die woche|# mal in der woche|# x pro woche",
    "# for time": "# auf zeit",
    "for # min": "# min lang",
    "# reps": "# sprünge|# hüpfer",
}

LINES: dict[str, str] = {
    "# for time": "# auf Zeit",
    "both sides together": "beide Seiten zusammen",
    "both sides": "beide Seiten",
    "per side alternating": "pro Seite im Wechsel",
    "per leg alternating": "pro Bein im Wechsel",
    "per arm alternating": "pro Arm im Wechsel",
    "per side": "pro Seite",
    "per leg": "pro Bein",
    "per arm": "pro Arm",
    "alternating sides": "Seiten abwechselnd",
    "alternating legs": "Beine abwechselnd",
    "alternating arms": "Arme abwechselnd",
    "alternating": "im Wechsel",
    "left first": "links zuerst",
    "right first": "rechts zuerst",
    "left side only": "nur linke Seite",
    "right side only": "nur rechte Seite",
    "left leg only": "nur linkes Bein",
    "right leg only": "nur rechtes Bein",
    "left arm only": "nur linker Arm",
    "right arm only": "nur rechter Arm",
    "# left, # right": "# links, # rechts",
    "out and back": "hin und zurück",
    "one way": "einfacher Weg",
    "in # hold # out # hold #": "ein # halten # aus # halten #",
    "in # hold # out #": "ein # halten # aus #",
    "in # out #": "ein # aus #",
    "hold # per side": "# pro Seite halten",
    "hold # per leg": "# pro Bein halten",
    "hold # per arm": "# pro Arm halten",
    "hold #": "# halten",
    "for #": "für #",
    "to": "bis",
    "steps": "Schritte",
    "step": "Schritt",
    "breaths": "Atemzüge",
    "breath": "Atemzug",
    "reps": "Wiederholungen",
    "sets": "Sätze",
    "last rep # pulses": "letzte Wiederholung # Pulse",
    "pulses": "Pulse",
    "pulse": "Puls",
    "pause # at top": "oben # Pause",
    "pause # at bottom": "unten # Pause",
    "# at top": "oben #",
    "# at bottom": "unten #",
    "# negative": "# runter",
    "# concentric": "# hoch",
    "rest #": "Pause #",
    "# rest": "# Pause",
    "every #": "alle #",
    "in all": "insgesamt",
    "dumbbells": "Kurzhanteln",
    "dumbbell": "Kurzhantel",
    "kettlebells": "Kettlebells",
    "barbell": "Langhantel",
    "backpack": "Rucksack",
    "vest": "Gewichtsweste",
    "easy": "locker",
    "hard": "hart",
    "slow": "langsam",
    "moderate": "moderat",
    "light": "leicht",
    "heavy": "schwer",
    "fast": "schnell",
    "steady": "gleichmäßig",
    "gentle": "sanft",
    "zone #": "Zone #",
}

HEADINGS: dict[str, str] = {
    "circuit": "Zirkel|zirkeltraining|kreistraining|kreislauf",
    "superset": "Supersatz|supersätze|super satz",
    "intervals": "Intervalle|intervall|intervalltraining",
    "repeat": "wiederhole|wiederholen|wiederholung",
    "repeat # times": "# mal wiederholen|# x wiederholen|wiederhole # mal|# wiederholungen"
    "|wiederhole das # mal",
    "# rounds": "# mal durch|# mal durchlaufen|# sätze|# serien|# zirkelrunden",
    "circuit # rounds": "zirkel # runden|zirkel mit # runden|zirkeltraining # runden"
    "|# runden zirkel|# runden zirkeltraining|zirkel # durchgänge",
    "for time": "auf zeit|gegen die zeit",
    "# rounds for time": "# runden auf zeit|auf zeit # runden",
    "every minute": "jede minute",
    "every": "alle",
    "cap": "höchstens|maximal",
    "": "lang|je",
}

KEYS: dict[str, str] = {
    "title": "Titel|name des trainings",
    "description": "Beschreibung",
    "language": "Sprache",
    "level": "Niveau|stufe|level",
    "pace": "Geschwindigkeit",
    "coaching": "Anleitung",
    "count": "Zählweise|zählen",
    "mood": "Stimmung",
    "beeps": "Signaltöne|töne",
    "units": "Einheiten",
    "space": "Platz|raum",
    "minutes": "Minuten|dauer|länge|gesamtdauer",
    "equipment": "Geräte|ausrüstung|material",
    "shuffle": "mischen",
    "first_side": "Erste Seite|seite zuerst",
    "tempo": "Tempo",
    "rest": "Pause|pausen|pausenzeit|satzpause|erholung|rundenpause",
    "sides": "Seiten",
    "get_ready": "Vorbereitung|bereitmachen",
    "voice": "Stimme",
    "rate": "Sprechtempo",
    "volume": "Lautstärke",
    "music": "Musik",
    "breath": "Atemzug|atem",
    "rounds": "Runden|durchgänge|wiederholen|durchläufe",
    "opening": "Eröffnung|einleitung|begrüssung",
    "closing": "Abschluss|schluss",
    "define": "Eigene Übungen|definiere|definitionen",
    "warm_up": "Aufwärmen|aufwärmung|warmup|warm machen|erwärmung|aufwärmprogramm|einstimmung",
    "exercises": "Übungen|training|hauptteil|trainingsplan|workout",
    "cool_down": "Abkühlen|cooldown|abwärmen|ausklang|dehnen|dehnen zum schluss|dehnung"
    "|dehnübungen|stretching",
    "exercise": "Übung",
    "sets": "Sätze|serien|satz",
    "reps": "Wiederholungen|wdh",
    "hold": "Haltezeit|halten",
    "steps": "Schritte",
    "for": "Zeit",
    "breaths": "Atemzüge",
    "load": "Gewicht|last",
    "effort": "Anstrengung|intensität",
    "notes": "Notizen|hinweise",
    "every": "alle|takt",
    "cap": "Zeitlimit",
    "work": "Arbeit|belastung|arbeitszeit|belastungszeit",
    "transition": "Wechsel|übergang|wechselzeit|pause zwischen übungen",
    "turns": "abwechselnd",
    "cues": "Anweisungen",
    "say_as": "sprich als",
    "say": "sag|sage|ansage|sprich",
    "note": "Notiz|hinweis|anmerkung",
    "default": "Standard|üblich",
    "name": "Name",
    "aliases": "Andere namen",
    "seed": "Zufallszahl",
    "tick": "Tick",
    "count_shape": "Zählmelodie",
    "carry": "Strecke|tragestrecke",
    "open": "offen",
    "window": "Zeitfenster",
    "by_set": "je Satz",
    "by_side": "je Seite",
    "phases": "Atemphasen",
    "pulses": "Pulse",
    "pause": "Haltepause",
    "between": "dazwischen",
    "part": "Teil",
    "lighter": "leichter",
    "announced": "angesagt",
}

VALUES: dict[str, str] = {
    "yes": "ja",
    "no": "nein",
    "none": "keine|kein|keins|nichts",
    "left": "links",
    "right": "rechts",
    "easy": "leicht|einfach",
    "medium": "mittel",
    "hard": "schwer|hart",
    "de": "deutsch|german",
    "en": "englisch|english",
    "es": "spanisch|spanish",
    "fr": "französisch|french",
    "beginner": "Anfänger|einsteiger|beginner",
    "normal": "normal",
    "advanced": "Fortgeschritten|fortgeschrittene|profi",
    "full": "ausführlich|voll|vollständig",
    "brief": "knapp|kurz",
    "off": "aus",
    "on": "an",
    "up": "aufwärts|hoch|vorwärts",
    "down": "abwärts|runter|rückwärts",
    "calm": "ruhig",
    "plain": "schlicht|sachlich",
    "lively": "lebhaft|munter",
    "brisk": "flott|zügig",
    "metric": "metrisch",
    "imperial": "imperial",
}
