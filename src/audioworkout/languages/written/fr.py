"""What people write in French."""

from __future__ import annotations

from audioworkout.languages.fr import number

NUMBERS: dict[str, int] = {number(n): n for n in range(2, 101)}
ONES = ("un", "une")

UNITS: dict[str, str] = {
    "rep": "rép",  # without its accent an English word
    "reps": "répétition|répétitions|réps|répet|répets|répés",
    "sets": "série|séries|sér|sers",
    "rounds": "tour|tours|passage|passages|ronde|rondes",
    "s": "sec|secs|seconde|secondes",
    "min": "minute|minutes|mn|mns|mins",
    "h": "heure|heures",
    "m": "mètre|mètres",
    "km": "kilomètre|kilomètres|kms|bornes",
    "mi": "mille|milles",
    "steps": "pas",
    "breaths": "respiration|respirations|inspirations|souffles",
    "cal": "calorie|calories",
    "kg": "kilo|kilos|kilogramme|kilogrammes|kgs",
    "lb": "livre|livres",
    "%": "pour cent|pourcent",
    "side": "côté|côtés|cotés",
    "leg": "jambe|jambes|pied|pieds|genou",
    "arm": "bras|main|mains|épaule",
    "direction": "direction|directions|sens",
    "dumbbell": "haltère",
    "dumbbells": "haltères",
    "kettlebell": "kettlebell|kettle",
    "kettlebells": "kettlebells|kettles",
    "barbell": "barre",
    "backpack": "sac à dos|sac",
    "plate": "disque",
    "vest": "gilet|gilet lesté",
    "ball": "médecine ball|medecine - ball|medicine ball|ballon lesté",
    "bottle": "bouteille",
    "bottles": "bouteilles",
    "pulses": "pulsation|pulsations|petits rebonds|mini battements",
}

COMMON = (
    "au aux avant avec bien ce ces chaque comme contre côté dans de derrière des devant du "
    "dès elle en encore est et fais il ils je jusque la le les leur lui ma mais mes moins mon "
    "même ne ni nos on ou par pas peu plus pour puis que qui sa sans ses si son sous sur ta "
    "te tes toi ton tout toute très tu un une vers vos votre à être"
)

PHRASES: dict[str, str] = {
    # How often and how much
    "sets of": "séries de|sets de",
    "sets of #": "séries à #",
    "# x #": "# fois #|# par #|# * #",
    "# reps hold # s": "# reps de # s",
    "forward": "en avant|vers l'avant",
    "backward": "en arrière|vers l'arrière",
    "# forward": "# fois en avant|# fois vers l'avant|# x en avant",
    "# backward": "# fois en arrière|# fois vers l'arrière|# x en arrière",
    "# kg per hand": "# kg dans chaque main|# kg par main|avec # kg dans chaque main"
    "|avec # kg par main",
    "slow lowering": "descente lente|descendre lentement|en descendant lentement",
    "walk back": "retour en marchant|retour marche|retour à pied",
    "# times": "# fois",
    "# @ # kg": "# à # kg|# reps à # kg",
    "# @ # lb": "# à # lb",
    "# @ # %": "# à # %|# à # % du max|# à # % du maximum|# à # % du 1 rm",
    "# to # kg": "de # à # kg|entre # et # kg",
    "# @ # : # / km": "# à # : # / km|# à # : # au km",
    "for # s to # min": "pendant # s à # min",
    "for # min to # min": "pendant # min à # min",
    "for # s to # s": "pendant # s à # s",
    "# s to # s": "# s à # s|de # s à # s|entre # s et # s",
    "# min to # min": "# min à # min|de # min à # min",
    "# s to # min": "# s à # min|de # s à # min",
    "# to #": "# à #|de # à #|entre # et #|# ou #",
    "# down to #": "# en descendant jusqu ' à #|# descendant jusqu ' à #|de # en descendant à #"
    "|en descendant de # à #|de # en descendant jusqu ' à #|# en descendant à #"
    "|décroissant de # à #",
    "# up to #": "# en montant jusqu ' à #|de # en montant à #|en montant de # à #"
    "|de # en montant jusqu ' à #|croissant de # à #",
    "# , # , #": "# , # et #|# , # puis #|# puis # puis #",
    "up to": "jusqu ' à|au maximum|au plus",
    "ladder": "échelle",
    "pyramid": "pyramide",
    "of": "de|d '|à raison de",
    # Time
    "30 s": "demi - minute|demi minute|une demi - minute|une demi minute|1 / 2 minute",
    "30 min": "demi - heure|demi heure|une demi - heure|une demi heure",
    "15 min": "quart d ' heure|un quart d ' heure",
    "1.5 min": "une minute et demie|1 minute et demie",
    "2.5 min": "2 minutes et demie",
    "# min # s": "# min #|# min et # s|# ' # s|# ' # \"|# ' #|# min # s",
    "rest # min # s": "récup # min #|repos # min #|pause # min #|récup # ' #|repos # ' #",
    "# s": "# ' '",
    # Rests and pauses
    "restpause": "pause|pauses",
    "rest": "repos|récup|récupération|récupérer|récupérez|récupère|récups|recup|repose|reposer",
    "# s rest": '# " de repos|# " de récup|# " repos|# s de repos|# s de récup'
    "|# s de récupération|# s repos|# s récup",
    "# min rest": "# ' de repos|# ' de récup|# ' repos|# min de repos|# min de récup"
    "|# min de récupération|# min repos|# min récup",
    "# s restpause": "# s de pause",
    "# min restpause": "# min de pause",
    "restpause # s": "pause de # s|avec # s de pause|avec pause de # s|avec une pause de # s",
    "restpause # min": "pause de # min|avec # min de pause|avec une pause de # min",
    "rest # s": "repos de # s|récup de # s|récupération de # s|avec # s de repos|avec # s de récup"
    "|avec # s de récupération|puis # s de repos|et # s de repos|# s pour récupérer"
    "|avec un repos de # s",
    "rest # min": "repos de # min|récup de # min|récupération de # min|avec # min de repos"
    "|avec # min de récup|puis # min de repos|et # min de repos|avec # min de récupération",
    "# s rest , # sets": "# s de récup , # fois|# s de repos , # fois|# s récup , # fois"
    "|# s repos , # fois|# s de pause , # fois|# s de récupération , # fois",
    "no rest": "sans repos|sans pause|sans récup|sans récupération|pas de repos|pas de pause"
    "|aucun repos|sans temps de repos|sans s ' arrêter|d ' affilée",
    "between sets": "entre les séries|entre chaque série|entre séries|entre chaque|entre 2 séries"
    "|par série|après chaque série|entre les tours|entre chaque tour|entre les répétitions"
    "|inter - séries"
    "|entre",
    "# s work": "# s de travail|# s d ' effort|# s effort|# s travail|# s de boulot|# s actif",
    "# min work": "# min de travail|# min d ' effort|# min effort|# min travail",
    "work": "travail|effort|travailler",
    "jog": "trot|trottinant|trottiner|en trottinant|footing|en trot",
    "walk": "marche|en marchant|marcher|marchée",
    "# s walk": "# s de marche|# s en marchant",
    "# min walk": "# min de marche|# min en marchant",
    "# s jog": "# s de trot|# s en trottinant",
    "# min jog": "# min de trot|# min en trottinant",
    # Holding and tempo
    "hold": "tenir|tenu|tenue|tenus|maintenir|maintenu|maintien|tiens|tenez|maintiens|isométrie"
    "|isométrique|en maintenant|en tenant|statique",
    "# s hold": "# s tenu|# s tenues|# s de maintien|# s à tenir|# s de tenue|# s d ' isométrie"
    "|# s en isométrie|# s en statique|# s maintenues",
    "hold # s at top": "tenir # s en haut|# s en haut|en tenant # s en haut|maintenir # s en haut"
    "|en maintenant # s en haut|tenir en haut # s|tiens # s en haut|en haut # s"
    "|maintien # s en haut|en haut tenir # s",
    "hold # s at bottom": "tenir # s en bas|# s en bas|en tenant # s en bas|maintenir # s en bas"
    "|en maintenant # s en bas|tiens # s en bas|maintien # s en bas",
    "pause # s at top": "pause de # s en haut|# s de pause en haut|pause # s en haut"
    "|avec # s de pause en haut|avec une pause de # s en haut",
    "pause # s at bottom": "pause de # s en bas|# s de pause en bas|pause # s en bas"
    "|avec # s de pause en bas|avec une pause de # s en bas",
    "at top": "en haut",
    "at bottom": "en bas",
    "# s down": "# s en descente|# s de descente|# s descente|descente en # s|# s à la descente"
    "|# s pour descendre|# s excentrique|# s en excentrique|descente # s|descendre en # s"
    "|# s négative|# s en négatif|en descendant # s|# s en descendant|descente sur # s",
    "# s up": "# s en montée|# s de montée|# s montée|montée en # s|# s à la montée"
    "|# s pour monter|# s concentrique|montée # s|monter en # s|# s en montant",
    "tempo": "cadence|rythme",
    "last rep # pulses": "à la dernière # pulsations|et # pulsations à la dernière"
    "|dernière répétition # pulsations|à la fin # pulsations|puis # pulsations|et # pulsations"
    "|# pulsations à la fin|sur la dernière # pulsations|et à la fin # pulsations"
    "|et # pulsations à la fin|et à la dernière # pulsations|# pulsations à la dernière",
    # Sides
    "each side": "par côté|de chaque côté|chaque côté|/ côté|à chaque côté|pour chaque côté"
    "|sur chaque côté|du côté gauche et droit|à gauche et à droite|à droite et à gauche"
    "|gauche et droite|droite et gauche|gauche / droite|droite / gauche",
    "each leg": "par jambe|chaque jambe|de chaque jambe|avec chaque jambe|sur chaque jambe|/ jambe"
    "|à chaque jambe|pour chaque jambe",
    "each arm": "par bras|chaque bras|de chaque bras|avec chaque bras|/ bras|à chaque bras"
    "|pour chaque bras",
    "each direction": "par direction|dans chaque sens|chaque sens|par sens|dans les 2 sens"
    "|de chaque sens|dans chaque direction",
    "both sides": "les 2 côtés|des 2 côtés|les deux côtés|2 côtés",
    "both sides together": "les 2 côtés ensemble|les deux côtés ensemble",
    "both legs": "les 2 jambes|des 2 jambes",
    "both arms": "les 2 bras|à 2 bras|à 2 mains|des 2 bras|avec les 2 bras",
    "together": "ensemble|en même temps|simultanément",
    "alternating": "en alternant|alterné|alternés|alternées|alternée|en alternance|alterner"
    "|alternant"
    "|en alternant les côtés|en alternant les jambes|en alternant les bras|alternativement"
    "|en alterné|jambes alternées|bras alternés|en alternant jambes|en alternant droite et gauche"
    "|en alternant gauche et droite|en alternant les 2 côtés",
    "left": "gauche|à gauche|g",
    "right": "droite|droit|à droite|dr",
    "left leg": "jambe gauche|la jambe gauche|avec la jambe gauche",
    "right leg": "jambe droite|la jambe droite|avec la jambe droite",
    "left arm": "bras gauche|le bras gauche|main gauche",
    "right arm": "bras droit|le bras droit|main droite",
    "left side": "côté gauche|le côté gauche|du côté gauche",
    "right side": "côté droit|le côté droit|du côté droit",
    "left only": "gauche seulement|à gauche seulement|côté gauche seulement|seulement à gauche"
    "|uniquement à gauche|que à gauche|gauche uniquement|côté gauche uniquement"
    "|seulement le côté gauche|seulement côté gauche|uniquement côté gauche",
    "right only": "droite seulement|à droite seulement|côté droit seulement|seulement à droite"
    "|uniquement à droite|que à droite|droite uniquement|côté droit uniquement"
    "|seulement le côté droit|seulement côté droit|uniquement côté droit",
    "left leg only": "jambe gauche seulement|jambe gauche uniquement|seulement la jambe gauche"
    "|uniquement la jambe gauche",
    "right leg only": "jambe droite seulement|jambe droite uniquement|seulement la jambe droite"
    "|uniquement la jambe droite",
    "left arm only": "bras gauche seulement|seulement le bras gauche|bras gauche uniquement",
    "right arm only": "bras droit seulement|seulement le bras droit|bras droit uniquement",
    "left first": "gauche d ' abord|d ' abord gauche|d ' abord à gauche|en commençant à gauche"
    "|en commençant par la gauche|commencer à gauche|commencer par la gauche"
    "|gauche en premier|côté gauche d ' abord|d ' abord le côté gauche|jambe gauche d ' abord"
    "|d ' abord la jambe gauche|en commençant par la jambe gauche",
    "right first": "droite d ' abord|d ' abord droite|d ' abord à droite|en commençant à droite"
    "|en commençant par la droite|commencer à droite|commencer par la droite"
    "|droite en premier|côté droit d ' abord|d ' abord le côté droit|jambe droite d ' abord"
    "|d ' abord la jambe droite|en commençant par la jambe droite",
    "left , then right": "gauche puis droite|à gauche puis à droite|gauche , puis droite"
    "|d ' abord à gauche puis à droite",
    "right , then left": "droite puis gauche|à droite puis à gauche|droite , puis gauche"
    "|d ' abord à droite puis à gauche",
    "first": "d ' abord|premier",
    "only": "seulement|uniquement",
    "in all": "au total|en tout",
    "out and back": "aller - retour|aller retour|aller et retour|en aller - retour"
    "|allers - retours",
    "one way": "aller simple",
    # Load
    "# x # kg dumbbells": "# haltères de # kg|# haltères # kg|avec # haltères de # kg"
    "|# haltères à # kg|# haltères de # kg chacun|avec # haltères # kg",
    "# x # kg kettlebells": "# kettlebells de # kg|avec # kettlebells de # kg",
    "# kg dumbbell": "haltère de # kg|avec haltère de # kg|haltère # kg|avec une haltère de # kg"
    "|avec un haltère de # kg|un haltère de # kg",
    "# kg dumbbells": "haltères de # kg|avec haltères de # kg|haltères # kg"
    "|avec des haltères de # kg|haltères à # kg",
    "# kg kettlebell": "kettlebell de # kg|avec kettlebell de # kg|kettlebell # kg"
    "|avec une kettlebell de # kg|kettlebell à # kg",
    "# kg barbell": "barre de # kg|avec barre de # kg|barre à # kg|barre # kg",
    "# kg backpack": "sac de # kg|avec sac de # kg|avec un sac de # kg|sac à dos de # kg"
    "|avec sac à dos de # kg|avec un sac à dos de # kg",
    "# kg vest": "gilet de # kg|avec gilet de # kg|gilet lesté de # kg|avec gilet lesté de # kg"
    "|avec un gilet de # kg",
    "# kg ball": "médecine ball de # kg|avec médecine ball de # kg|ballon lesté de # kg",
    "with # kg": "avec # kg|charge # kg|charge de # kg|poids # kg|avec une charge de # kg"
    "|charge : # kg",
    "@ # kg": "à # kg",
    "@ # %": "à # %|à # % du max|à # % de la 1 rm|à # % du 1 rm|à # % de 1 rm|à # % du maximum",
    "@ # : # / km": "à # : # / km|à # : # au km|à # : # par km|allure # : # / km"
    "|à l ' allure de # : # / km|à # : # le km|à # : # min / km",
    "+ # kg": "plus # kg|lesté de # kg|lest # kg|lest de # kg|+ # kg de lest|avec # kg de lest"
    "|lesté # kg",
    "bodyweight": "poids du corps|au poids du corps|poids de corps|au poids de corps|sans poids"
    "|sans charge|pdc|sans haltères",
    "with": "avec|et",
    # Effort
    "max": "maximum|le maximum|un maximum|max de répétitions|maximum de répétitions"
    "|le plus possible|le plus de répétitions possible|autant que possible|autant que tu peux"
    "|autant de répétitions que possible|max répétitions|un max|le max|au max|max de reps"
    "|le plus de reps possible|le maximum de répétitions|un maximum de répétitions"
    "|autant de reps que possible",
    "as long as possible": "tenir le plus longtemps possible|tenir aussi longtemps que possible"
    "|le plus longtemps possible|aussi longtemps que possible"
    "|temps maximum|temps max|max de temps",
    "to failure": "jusqu ' à l ' échec|à l ' échec|jusqu ' à l ' échec musculaire|échec"
    "|à l ' échec musculaire|jusqu ' à épuisement|jusqu ' à l ' épuisement"
    "|jusqu ' à ne plus pouvoir|jusqu ' à échec|jusqu ' à la rupture",
    "easy": "facile|cool|tranquille|allure facile|à allure facile|en aisance|souple|facilement"
    "|tranquillement|en endurance|footing lent",
    "light": "léger|légère|poids léger|charge légère|léger poids",
    "heavy": "lourd|lourde|poids lourd|charge lourde",
    "moderate": "modéré|modérée|moyen|moyenne|allure modérée|à allure modérée|intensité modérée",
    "hard": "dur|dure|difficile|intense|fort|à fond la caisse",
    "slow": "lent|lente|lentes|lents|lentement|doucement|très lent|au ralenti|tempo lent",
    "fast": "vite|rapide|rapides|rapidement",
    "steady": "régulier|régulière|allure régulière|constant",
    "relaxed": "détendu|détendue|relâché",
    "gentle": "doux|en douceur",
    "brisk": "soutenu|allure soutenue|dynamique|à bonne allure|vif",
    "explosive": "explosif|explosive|explosifs|explosives",
    "controlled": "contrôlé|contrôlée|contrôlés|contrôlées",
    "all out": "à fond|à bloc|intensité maximale",
    "# rir": "# en réserve|# répétitions en réserve|en gardant # en réserve"
    "|# répétitions de réserve|# de réserve",
    "rpe #": "effort # sur 10|intensité # sur 10|rpe de #|rpe à #|effort # / 10"
    "|difficulté # sur 10",
    "/ km": "au km|par km|au kilomètre|le km",
    "pace": "allure",
    # Breath
    "in #": "inspire #|inspirer #|inspirez #|inspiration #|inspire sur #|inspirer sur #"
    "|# s d ' inspiration",
    "out #": "expire #|expirer #|expirez #|expiration #|expire sur #|expirer sur #|souffle #",
    "hold #": "bloque #|bloquer #|retiens #|retenir #|apnée #|poumons pleins #|retenez #|garde #",
    # Windows and intervals
    "in # s": "en # s|dans # s",
    "in # min": "en # min|dans # min",
    "in # m # s": "en # m # s|dans # m # s",
    "cap": "temps limite|limite|max de temps limite",
    "every # min": "toutes les # min|chaque # min",
    "every # s": "toutes les # s",
    "every minute": "every minute|toutes les minutes|chaque minute|à chaque minute|toutes minutes",
    "every": "toutes les|tous les",
    "for # s": "pendant # s|durant # s|sur # s",
    "for # min": "pendant # min|durant # min|sur # min",
    "": "environ|chacune|chacun|à faire|faire|fais|tiens bon|par tour|au chrono",
    "then": "puis|ensuite",
    "# a day": "# par jour",
    "# reps a day": "# reps par jour",
    "# times a day": "# fois par jour",
    "# times a week": "# fois par semaine",
    "zone": "en zone",
    "# for time": "# pour le temps|# contre la montre",
    "# reps": "# sauts",
    "with band": "avec élastique|avec bande|avec un élastique",
    "with mini band": "avec mini - bande|avec mini bande|avec une mini - bande",
    "freestyle": "crawl|nage libre",
    "# m jog": "# m trot|# m trottiné|# m en trottinant|récup # m trot|# m de trot",
}

LINES: dict[str, str] = {
    "# for time": "# contre la montre",
    "both sides together": "les 2 côtés ensemble",
    "both sides": "les 2 côtés",
    "per side alternating": "par côté en alternant",
    "per leg alternating": "par jambe en alternant",
    "per arm alternating": "par bras en alternant",
    "per side": "par côté",
    "per leg": "par jambe",
    "per arm": "par bras",
    "alternating sides": "en alternant les côtés",
    "alternating legs": "en alternant les jambes",
    "alternating arms": "en alternant les bras",
    "alternating": "en alternant",
    "left first": "gauche d'abord",
    "right first": "droite d'abord",
    "left side only": "gauche seulement",
    "right side only": "droite seulement",
    "left leg only": "jambe gauche seulement",
    "right leg only": "jambe droite seulement",
    "left arm only": "bras gauche seulement",
    "right arm only": "bras droit seulement",
    "# left, # right": "# à gauche, # à droite",
    "out and back": "aller-retour",
    "one way": "aller simple",
    "in # hold # out # hold #": "inspirer # tenir # expirer # tenir #",
    "in # hold # out #": "inspirer # tenir # expirer #",
    "in # out #": "inspirer # expirer #",
    "hold #": "tenir #",
    "for #": "pendant #",
    "in #": "en #",
    "to": "à",
    "steps": "pas",
    "step": "pas",
    "breaths": "respirations",
    "breath": "respiration",
    "reps": "répétitions",
    "sets": "séries",
    "last rep # pulses": "à la dernière # pulsations",
    "pulses": "pulsations",
    "pulse": "pulsation",
    "pause # at top": "pause # en haut",
    "pause # at bottom": "pause # en bas",
    "# at top": "# en haut",
    "# at bottom": "# en bas",
    "# negative": "# en descente",
    "# concentric": "# en montée",
    "rest #": "repos #",
    "# rest": "# de repos",
    "every #": "toutes les #",
    "in all": "au total",
    "dumbbells": "haltères",
    "dumbbell": "haltère",
    "kettlebells": "kettlebells",
    "barbell": "barre",
    "backpack": "sac à dos",
    "vest": "gilet lesté",
    "easy": "facile",
    "hard": "dur",
    "slow": "lent",
    "moderate": "modéré",
    "light": "léger",
    "heavy": "lourd",
    "fast": "vite",
    "steady": "régulier",
    "gentle": "doux",
    "zone #": "zone #",
}

HEADINGS: dict[str, str] = {
    "circuit": "circuit training|circuit",
    "superset": "super série|superset|supersérie|bi - série|biset|bisérie",
    "intervals": "intervalles|intervalle|fractionné|fractionnés",
    "repeat": "répéter|répète|répétez|à répéter",
    "repeat # times": "répéter # fois|répète # fois|répétez # fois|à répéter # fois|à faire # fois"
    "|faire # fois|# fois|répéter x #",
    "# rounds": "# séries|# tours de circuit|# fois le circuit|# tours du circuit|# tours de"
    "|# séries de|# tours d '",
    "circuit # rounds": "circuit # tours|circuit de # tours|circuit en # tours|circuit , # tours"
    "|circuit x # tours|circuit : # tours|circuit ( # tours )",
    "for time": "pour le temps|le plus vite possible|contre la montre|au plus vite",
    "# rounds for time": "# tours pour le temps|# tours le plus vite possible"
    "|# tours contre la montre",
    "every minute": "chaque minute|toutes les minutes",
    "every": "toutes les|tous les|chaque",
    "": "de|pendant|en",
}

KEYS: dict[str, str] = {
    "title": "titre|nom de la séance",
    "description": "description",
    "language": "langue",
    "level": "niveau",
    "pace": "vitesse",
    "coaching": "consignes",
    "count": "compter|comptage",
    "mood": "ambiance",
    "beeps": "bips",
    "units": "unités",
    "space": "espace|place",
    "minutes": "minutes|durée|durée totale",
    "equipment": "matériel|équipement",
    "shuffle": "mélanger|aléatoire",
    "first_side": "premier côté|côté de départ",
    "tempo": "tempo|cadence",
    "rest": "repos|pause|pauses|récup|récupération|temps de repos",
    "sides": "côtés",
    "get_ready": "préparation",
    "voice": "voix",
    "rate": "débit",
    "volume": "volume",
    "music": "musique",
    "breath": "respiration|souffle",
    "rounds": "tours|rounds|passages",
    "opening": "ouverture|introduction",
    "closing": "fermeture|conclusion",
    "define": "définir|mes exercices|définitions",
    "warm_up": "échauffement|s'échauffer",
    "exercises": "exercices|entraînement|séance|corps de séance|programme",
    "cool_down": "retour au calme|étirements|étirement|stretching|récupération finale",
    "exercise": "exercice",
    "sets": "séries",
    "reps": "répétitions|reps",
    "hold": "tenir|maintien",
    "steps": "pas",
    "for": "temps",
    "breaths": "respirations",
    "load": "charge|poids",
    "effort": "effort|intensité",
    "notes": "notes|remarques",
    "every": "toutes les|chaque",
    "cap": "temps limite|limite",
    "work": "travail|temps de travail",
    "transition": "transition|repos entre exercices",
    "turns": "à tour de rôle",
    "cues": "conseils",
    "say_as": "se dit",
    "say": "dis|dire|annonce",
    "note": "note|remarque",
    "default": "par défaut",
    "name": "nom",
    "aliases": "autres noms",
    "seed": "graine",
    "tick": "tic",
    "count_shape": "mélodie du compte",
    "carry": "distance",
    "open": "libre",
    "window": "fenêtre",
    "by_set": "par série",
    "by_side": "par côté",
    "phases": "phases",
    "pulses": "pulsations",
    "pause": "pause interne",
    "between": "entre les séries",
    "part": "partie",
    "lighter": "plus léger",
    "announced": "annoncé",
}

VALUES: dict[str, str] = {
    "yes": "oui",
    "no": "non",
    "none": "aucun|rien|sans",
    "left": "gauche",
    "right": "droite|droit",
    "easy": "facile",
    "medium": "moyen|intermédiaire",
    "hard": "difficile|dur",
    "de": "allemand|german",
    "en": "anglais|english",
    "es": "espagnol|spanish",
    "fr": "français|french",
    "beginner": "débutant|débutante",
    "normal": "normal",
    "advanced": "avancé|avancée|confirmé",
    "full": "complet|complètes",
    "brief": "bref|brèves",
    "off": "désactivé",
    "on": "activé",
    "up": "croissant",
    "down": "décroissant",
    "calm": "calme",
    "plain": "sobre|neutre",
    "lively": "enjoué|animé",
    "brisk": "rapide|vif",
    "metric": "métrique",
    "imperial": "impérial",
}
