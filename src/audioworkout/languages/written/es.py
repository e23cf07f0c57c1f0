"""What people write in Spanish, in Spain and in America."""

from __future__ import annotations

from audioworkout.languages.es import number

NUMBERS: dict[str, int] = {
    **{number(n): n for n in range(2, 101)},
    "uno": 1,
    "veintiuna": 21,
    "treinta y una": 31,
}
ONES = ("un", "una")

UNITS: dict[str, str] = {
    "reps": "repetición|repeticiones|repes|repe|rps",
    "sets": "serie|series|tanda|tandas",
    "rounds": "ronda|rondas|vuelta|vueltas|ciclo|ciclos",
    "s": "seg|segs|segundo|segundos",
    "min": "minuto|minutos|mins",
    "h": "hora|horas|hs|hrs",
    "m": "metro|metros|mts|mt",
    "km": "kilómetro|kilómetros|kms",
    "mi": "milla|millas",
    "steps": "paso|pasos",
    "breaths": "respiración|respiraciones",
    "cal": "caloría|calorías",
    "kg": "kilo|kilos|kilogramo|kilogramos|kgs|kg",
    "lb": "libra|libras|lbs",
    "%": "por ciento",
    "side": "lado|lados|costado|costados",
    "leg": "pierna|piernas|pie|pies|rodilla|rodillas",
    "arm": "brazo|brazos|mano|manos|hombro",
    "direction": "dirección|direcciones|sentido|sentidos",
    "dumbbell": "mancuerna",
    "dumbbells": "mancuernas",
    "kettlebell": "pesa rusa",
    "kettlebells": "pesas rusas",
    "barbell": "barra",
    "backpack": "mochila",
    "plate": "disco",
    "vest": "chaleco",
    "ball": "balón medicinal|pelota medicinal|balón",
    "bottle": "botella",
    "bottles": "botellas",
    "pulses": "pulso|pulsos|rebotes|pulsaciones",
}

COMMON = (
    "a al algo ante bajo bien cada como con contra cuando de del desde donde el ella en entre "
    "eres es esta este hacia hasta la las lo los luego mantén mas me mi mis muy más nada ni "
    "no o para pero poco por porque que se sin sobre solo son su sus tan te ti todo tu tus un "
    "una uno y ya"
)

PHRASES: dict[str, str] = {
    # How often and how much
    "sets of": "series de|series de a|series por|series x",
    "# x #": "# por #|# veces #|# series por #",
    "# reps hold # s": "# reps de # s",
    "forward": "hacia delante|hacia adelante|adelante",
    "backward": "hacia atrás|atrás",
    "# forward": "# veces hacia delante|# veces hacia adelante|# x hacia delante",
    "# backward": "# veces hacia atrás|# x hacia atrás",
    "slow lowering": "bajada lenta|bajando lento|bajando despacio|baja lento|baja despacio",
    "walk back": "vuelta caminando|volver caminando|regreso caminando|vuelve caminando",
    "# times": "# veces",
    "2 x": "dos veces",
    "# @ # kg": "# a # kg|# reps a # kg",
    "# @ # lb": "# a # lb",
    "# @ # %": "# al # %|# a # %",
    "# to # kg": "de # a # kg|entre # y # kg",
    "# @ # : # / km": "# a # : # / km",
    "# km @ # : # / km": "# km a # : # / km|# km a # : # el km",
    "for # s to # min": "durante # s a # min",
    "hold # s to # min": "aguantar # s a # min",
    "for # min to # min": "durante # min a # min",
    "hold # min to # min": "aguantar # min a # min",
    "for # s to # s": "durante # s a # s",
    "hold # s to # s": "aguantar # s a # s|mantener # s a # s|aguanta # s a # s",
    "# s to # s": "# s a # s|de # s a # s|entre # s y # s",
    "# min to # min": "# min a # min|de # min a # min",
    "# s to # min": "# s a # min|de # s a # min",
    "# to #": "# a #|de # a #|entre # y #|# hasta #",
    "# down to #": "# bajando a #|# bajando hasta #|de # bajando a #|de # bajando hasta #"
    "|de # hacia abajo hasta #|de # descendiendo a #|bajando de # a #",
    "# up to #": "# subiendo a #|# subiendo hasta #|de # subiendo a #|de # subiendo hasta #"
    "|subiendo de # a #",
    "# , # , #": "# , # y #|# , # , y #",
    "up to": "hasta|como máximo",
    "ladder": "escalera",
    "pyramid": "pirámide",
    "of": "de|de a",
    # Time
    "30 s": "medio minuto|1 / 2 minuto",
    "30 min": "media hora|1 / 2 hora",
    "15 min": "un cuarto de hora|cuarto de hora",
    "1.5 min": "minuto y medio|un minuto y medio|1 minuto y medio",
    "2.5 min": "2 minutos y medio",
    "# min # s": "# min # s|# min y # s|# ' # s|# ' # \"|# ' #|# min con # s",
    "# s": "# ' '",
    # Rests and pauses
    "restpause": "pausa|pausas|pausando|parada",
    "rest": "descanso|descansos|descansa|descansar|descansando|recuperación|recuperando|recupera"
    "|reposo|rec|desc|recu",
    "# s rest": "# ' ' de descanso|# \" de descanso|# \" de pausa|# de descanso|# de recuperación"
    "|# de pausa|# s de descanso|# s de recuperación"
    "|# s de reposo|# s descansando",
    "# min rest": "# ' de descanso|# ' descanso|# ' de pausa|# ' de recuperación"
    "|# min de descanso|# min de recuperación|# min de reposo",
    "restpause # s": "pausa de # s|con pausa de # s|con pausas de # s",
    "restpause # min": "pausa de # min|con pausa de # min|con pausas de # min",
    "# s restpause": "# s de pausa",
    "# min restpause": "# min de pausa",
    "rest # s": "descanso de # s|con descanso de # s|con descansos de # s|descansando # s"
    "|con # s de descanso|y descansa # s|y descanso de # s|recuperación de # s",
    "rest # min": "descanso de # min|con descanso de # min|con descansos de # min"
    "|descansando # min|con # min de descanso|y descansa # min|recuperación de # min",
    "# s rest , # sets": "# s de descanso , # veces|# s descanso , # veces|# s de pausa , # veces"
    "|# s de recuperación , # veces",
    "# s on , # s off": "# s sí , # s no|# s sí # s no",
    "no rest": "sin descanso|sin descansos|sin pausa|sin pausas|sin parar|sin descansar",
    "between": "entre medias|en medio",
    "between sets": "entre series|entre cada serie|entre serie y serie|entre las series|por serie"
    "|tras cada serie|después de cada serie|entre rondas|entre vueltas|entre repeticiones"
    "|entre serie|entre tandas|entre intervalos",
    "# s work": "# s de trabajo|# s trabajo|# s trabajando|# s activo|# s de esfuerzo",
    "# min work": "# min de trabajo|# min trabajo|# min de esfuerzo",
    "work": "trabajo|trabajar|trabajando",
    "jog": "trote|trotando|trotar|al trote",
    "walk": "caminando|andando|caminar|andar|marcha",
    # Holding and tempo
    "hold": "aguantar|aguantando|aguanta|aguante|mantener|manteniendo|mantén|mantenidos"
    "|sostener|sosteniendo|sostén|isométrico|isometría|isometrico",
    "# s hold": "# s aguantando|# s manteniendo|# s de aguante|# s sosteniendo|# s de isometría"
    "|# s mantenidos|# s isométrico",
    "hold # s at top": "aguantando # s arriba|manteniendo # s arriba|aguantar # s arriba"
    "|mantener # s arriba|aguanta # s arriba|sosteniendo # s arriba|# s arriba"
    "|aguantando arriba # s|manteniendo arriba # s|mantén # s arriba|arriba # s",
    "hold # s at bottom": "aguantando # s abajo|manteniendo # s abajo|aguantar # s abajo"
    "|mantener # s abajo|aguanta # s abajo|sosteniendo # s abajo|# s abajo|mantén # s abajo",
    "pause # s at top": "pausa de # s arriba|# s de pausa arriba|pausa # s arriba|# s pausa arriba"
    "|con # s de pausa arriba|con pausa de # s arriba",
    "pause # s at bottom": "pausa de # s abajo|# s de pausa abajo|pausa # s abajo|# s pausa abajo"
    "|con # s de pausa abajo|con pausa de # s abajo",
    "at top": "arriba",
    "at bottom": "abajo",
    "# s down": "# s bajando|# s de bajada|# s bajada|bajando en # s|bajar en # s|# s al bajar"
    "|# s de negativa|# s negativa|# s excéntrica|# s de excéntrica|baja en # s|bajando # s"
    "|bajada de # s|# s en la bajada|excéntrica de # s|negativa de # s",
    "# s up": "# s subiendo|# s de subida|# s subida|subiendo en # s|subir en # s|# s al subir"
    "|# s concéntrica|sube en # s|subiendo # s|subida de # s|# s en la subida",
    "tempo": "cadencia|tempo",
    "last rep # pulses": "en la última # pulsos|y en la última # pulsos|última repetición # pulsos"
    "|al final # pulsos|y al final # pulsos|en la última repetición # pulsos|luego # pulsos"
    "|y luego # pulsos|y # pulsos|más # pulsos|y # pulsos al final|con # pulsos al final"
    "|y en la última repetición # pulsos|# pulsos al final|# pulsos en la última",
    # Sides
    "each side": "derecha e izquierda|izquierda y derecha"
    "|por lado|cada lado|de cada lado|a cada lado|por cada lado|en cada lado|c / lado"
    "|x lado|con cada lado|para cada lado|hacia cada lado|c / l|por banda",
    "each leg": "por pierna|cada pierna|con cada pierna|de cada pierna|por cada pierna|c / pierna"
    "|en cada pierna|x pierna|a cada pierna|para cada pierna",
    "each arm": "por brazo|cada brazo|con cada brazo|de cada brazo|por cada brazo|c / brazo"
    "|en cada brazo|x brazo|a cada brazo|para cada brazo",
    "each direction": "por dirección|cada dirección|en cada dirección|por sentido|en cada sentido"
    "|cada sentido|en ambos sentidos|en ambas direcciones|hacia cada sentido",
    "both sides": "ambos lados|los dos lados|por ambos lados|a ambos lados|de ambos lados"
    "|2 lados|los 2 lados",
    "both legs": "ambas piernas|las dos piernas|con ambas piernas|las 2 piernas",
    "both arms": "ambos brazos|los dos brazos|con ambos brazos|ambas manos|con los 2 brazos"
    "|a 2 manos|con las 2 manos",
    "together": "juntos|juntas|a la vez",
    "alternating": "alternando|alternado|alternados|alternada|alternadas|alterno|alternos|alternas"
    "|alternar|de forma alterna|alternativamente|alternando lados|alternando piernas"
    "|alternando brazos|alternando de lado|alternando pierna|alternando brazo",
    "left": "izquierda|izquierdo|izq|izda|izqda|zurda",
    "right": "derecha|derecho|der|dcha|dcho",
    "left leg": "pierna izquierda|la pierna izquierda|con la pierna izquierda",
    "right leg": "pierna derecha|la pierna derecha|con la pierna derecha",
    "left arm": "brazo izquierdo|el brazo izquierdo|con el brazo izquierdo|mano izquierda",
    "right arm": "brazo derecho|el brazo derecho|con el brazo derecho|mano derecha",
    "left side": "lado izquierdo|el lado izquierdo",
    "right side": "lado derecho|el lado derecho",
    "left only": "solo izquierda|solo la izquierda|solo lado izquierdo|solo el lado izquierdo"
    "|sólo izquierdo|solo con la izquierda|solamente izquierda|solamente la izquierda",
    "right only": "solo derecha|solo la derecha|solo lado derecho|solo el lado derecho"
    "|sólo derecho|solo con la derecha|solamente derecha|solamente la derecha",
    "left leg only": "solo pierna izquierda|solo la pierna izquierda|solo con la pierna izquierda",
    "right leg only": "solo pierna derecha|solo la pierna derecha|solo con la pierna derecha",
    "left arm only": "solo brazo izquierdo|solo el brazo izquierdo|solo con el brazo izquierdo",
    "right arm only": "solo brazo derecho|solo el brazo derecho|solo con el brazo derecho",
    "left first": "izquierda primero|primero izquierda|primero la izquierda|primero el izquierdo"
    "|empezando por la izquierda|empieza por la izquierda|empezando con la izquierda"
    "|izquierdo primero|la izquierda primero|primero el lado izquierdo"
    "|primero la pierna izquierda",
    "right first": "derecha primero|primero derecha|primero la derecha|primero el derecho"
    "|empezando por la derecha|empieza por la derecha|empezando con la derecha|derecho primero"
    "|la derecha primero|primero el lado derecho|primero la pierna derecha",
    "left , then right": "primero izquierda luego derecha|izquierda y luego derecha"
    "|izquierda , luego derecha|primero izquierda y después derecha",
    "right , then left": "primero derecha luego izquierda|derecha y luego izquierda"
    "|derecha , luego izquierda|primero derecha y después izquierda",
    "first": "primero",
    "only": "solo|solamente|únicamente",
    "in all": "en total|totales",
    "# reps in all": "# repeticiones en total|# repeticiones totales",
    "out and back": "ida y vuelta|de ida y vuelta",
    "one way": "solo ida",
    # Load
    "# kg per hand": "con # kg en cada mano|con # kg por mano"
    "|# kg cada mano|# kg por mano|# kg en cada mano|# kg en cada brazo",
    "# kg": "# kg c / u|# kg cada una|# kg cada uno",
    "# x # kg dumbbells": "# mancuernas de # kg|# mancuernas con # kg|# mancuernas # kg"
    "|con # mancuernas de # kg|# mancuernas de # kg cada una|# # kg mancuernas",
    "# x # kg kettlebells": "# pesas rusas de # kg|# kettlebells de # kg|con # pesas rusas de # kg",
    "# kg dumbbell": "mancuerna de # kg|con mancuerna de # kg|mancuerna # kg"
    "|con 1 mancuerna de # kg|1 mancuerna de # kg",
    "# kg dumbbells": "mancuernas de # kg|con mancuernas de # kg|mancuernas # kg",
    "# kg kettlebell": "kettlebell de # kg|pesa rusa de # kg|con kettlebell de # kg|kettlebell # kg"
    "|con pesa rusa de # kg|pesa rusa # kg|pesa de # kg|con pesa de # kg",
    "# kg barbell": "barra de # kg|con barra de # kg|barra # kg",
    "# kg backpack": "mochila de # kg|con mochila de # kg|mochila con # kg",
    "# kg vest": "chaleco de # kg|con chaleco de # kg",
    "# kg ball": "balón medicinal de # kg|con balón medicinal de # kg|balón de # kg",
    "with # kg": "con # kg|con un peso de # kg|peso # kg|peso : # kg|con # kg de peso|# kg de peso",
    "with # lb": "con # lb|con # lb de peso",
    "@ # kg": "a # kg",
    "@ # %": "al # %|a # %|con el # %|al # % de 1 rm|al # % del máximo|al # % de tu máximo",
    "@ # :": "a #:",
    "@ # : # / km": "a # : # / km|a # : # el km|a # : # por km|ritmo # : # / km"
    "|a ritmo de # : # / km"
    "|a # : # min / km|a # : # el kilómetro",
    "rpe #": "esfuerzo # de 10|esfuerzo # sobre 10|rpe de #|intensidad # de 10|esfuerzo de #",
    "+ # kg": "más # kg|con # kg de lastre|lastre # kg|lastre de # kg|+ # kg de lastre"
    "|con lastre de # kg",
    "bodyweight": "peso corporal|con peso corporal|sin peso|con el peso corporal|sin pesas"
    "|sin carga"
    "|con tu peso|autocarga",
    "with": "con|y",
    # Effort
    "max": "máximo|máx|máximas|máximos|al máximo|el máximo|máximo de repeticiones"
    "|máximas repeticiones|todas las que puedas|todas las repeticiones que puedas|las que puedas"
    "|las máximas|tantas como puedas|todo lo que puedas|todas las posibles|tantas como sea posible"
    "|el mayor número posible|cuantas puedas|máximas posibles",
    "as long as possible": "aguantar todo lo que puedas|aguanta todo lo que puedas"
    "|todo el tiempo que puedas|lo que aguantes|el máximo tiempo"
    "|máximo tiempo|el mayor tiempo posible|todo lo que aguantes|hasta que aguantes",
    "to failure": "al fallo|hasta el fallo|hasta fallo|fallo|hasta el fallo muscular"
    "|al fallo muscular"
    "|hasta no poder más|hasta el agotamiento|hasta que no puedas más|hasta fallar",
    "easy": "fácil|suave|ritmo suave|a ritmo suave|tranquilo|muy suave|cómodo|ritmo cómodo"
    "|a ritmo cómodo|despacito",
    "light": "ligero|ligera|liviano|poco peso|con poco peso|peso ligero",
    "heavy": "pesado|pesada|mucho peso|con mucho peso|peso pesado",
    "moderate": "moderado|moderada|medio|ritmo medio|a ritmo medio|ritmo moderado|a ritmo moderado"
    "|intensidad media|intensidad moderada",
    "hard": "duro|fuerte|intenso|ritmo fuerte|a ritmo fuerte|a tope suave|intensidad alta",
    "slow": "lento|lenta|lentas|lentos|lentamente|despacio|muy lento|ritmo lento|a ritmo lento"
    "|lento y controlado",
    "fast": "rápido|rápida|rápidas|rápidos|rápidamente|ritmo rápido|a ritmo rápido",
    "steady": "constante|ritmo constante|a ritmo constante",
    "relaxed": "relajado|relajada",
    "gentle": "suavemente",
    "brisk": "enérgico|a paso ligero|paso ligero|a paso rápido|paso rápido|a paso vivo|paso vivo"
    "|a buen ritmo|ritmo vivo",
    "explosive": "explosivo|explosiva|explosivos|explosivas",
    "controlled": "controlado|controlada|controladas|controlando",
    "all out": "a tope|a muerte|al cien por cien|máxima intensidad|a máxima intensidad",
    "# rir": "# en recámara|# en la recámara|# en reserva|# repeticiones en reserva"
    "|# repeticiones en recámara|dejando # en recámara|dejando # en reserva",
    "zone": "zona|en zona",
    "/ km": "por km|por kilómetro|el km",
    "pace": "ritmo|a ritmo de",
    # Breath
    "in #": "inhala #|inhalar #|inspira #|inspirar #|inhala en #|toma aire #|inhalando #",
    "out #": "exhala #|exhalar #|espira #|espirar #|exhala en #|suelta #|suelta el aire #",
    "hold #": "aguanta #|mantén #|retén #|retener #|sostén #|aguantar #|mantener #",
    # Windows and intervals
    "in # s": "en # s",
    "in # min": "en # min",
    "in # m # s": "en # m # s",
    "cap": "tiempo límite|límite|tope",
    "every # m # s": "cada # m # s",
    "every # min": "cada # min",
    "every # s": "cada # s",
    "every minute": "every minute|cada minuto|al minuto|cada minuto en el minuto",
    "every": "cada",
    "for # s": "durante # s|por # s",
    "for # min": "durante # min|por # min",
    "for": "durante",
    "": "cada una|cada uno|aproximadamente|aprox|unos|unas|hacer|haz|seguidas|seguidos"
    "|la|el|por ronda",
    "then": "luego|después",
    "# a day": "# al día|# por día|# diarias|# diarios",
    "# reps a day": "# reps al día|# reps por día",
    "# times a day": "# veces al día|# veces por día",
    "# times a week": "# veces a la semana|# veces por semana",
    "# for time": "# por tiempo|# contrarreloj",
    "# reps": "# saltos",
    "with band": "con banda|con goma|con banda elástica",
    "with mini band": "con minibanda|con mini banda|con miniband",
    "# m jog": "# m trote|# m trotando|# m de trote",
}

LINES: dict[str, str] = {
    "# for time": "# por tiempo",
    "both sides together": "ambos lados juntos",
    "both sides": "ambos lados",
    "per side alternating": "por lado alternando",
    "per leg alternating": "por pierna alternando",
    "per arm alternating": "por brazo alternando",
    "per side": "por lado",
    "per leg": "por pierna",
    "per arm": "por brazo",
    "alternating sides": "alternando lados",
    "alternating legs": "alternando piernas",
    "alternating arms": "alternando brazos",
    "alternating": "alternando",
    "left first": "izquierda primero",
    "right first": "derecha primero",
    "left side only": "solo izquierda",
    "right side only": "solo derecha",
    "left leg only": "solo pierna izquierda",
    "right leg only": "solo pierna derecha",
    "left arm only": "solo brazo izquierdo",
    "right arm only": "solo brazo derecho",
    "# left, # right": "# izquierda, # derecha",
    "out and back": "ida y vuelta",
    "one way": "solo ida",
    "in # hold # out # hold #": "inhala # aguanta # exhala # aguanta #",
    "in # hold # out #": "inhala # aguanta # exhala #",
    "in # out #": "inhala # exhala #",
    "hold #": "aguantar #",
    "for #": "durante #",
    "in #": "en #",
    "to": "a",
    "steps": "pasos",
    "step": "paso",
    "breaths": "respiraciones",
    "breath": "respiración",
    "reps": "repeticiones",
    "sets": "series",
    "last rep # pulses": "en la última # pulsos",
    "pulses": "pulsos",
    "pulse": "pulso",
    "pause # at top": "pausa # arriba",
    "pause # at bottom": "pausa # abajo",
    "# at top": "# arriba",
    "# at bottom": "# abajo",
    "# negative": "# bajando",
    "# concentric": "# subiendo",
    "rest #": "descanso #",
    "# rest": "# de descanso",
    "every #": "cada #",
    "in all": "en total",
    "max": "máx",
    "dumbbells": "mancuernas",
    "dumbbell": "mancuerna",
    "kettlebells": "pesas rusas",
    "kettlebell": "pesa rusa",
    "barbell": "barra",
    "backpack": "mochila",
    "vest": "chaleco",
    "easy": "suave",
    "hard": "fuerte",
    "slow": "lento",
    "moderate": "moderado",
    "light": "ligero",
    "heavy": "pesado",
    "fast": "rápido",
    "steady": "constante",
    "gentle": "suave",
    "zone #": "zona #",
}

HEADINGS: dict[str, str] = {
    "circuit": "circuito",
    "superset": "superserie|superseries|super serie|biserie",
    "intervals": "intervalos|intervalo",
    "repeat": "repetir|repite|repetid",
    "repeat # times": "repetir # veces|repite # veces|repetir todo # veces|# veces|repetir x #",
    "# rounds": "# series|# veces el circuito|# rondas de|# vueltas de|# vueltas a|# series de"
    "|# vueltas al circuito|# rondas al circuito",
    "circuit # rounds": "circuito # rondas|circuito de # rondas|circuito # vueltas"
    "|circuito de # vueltas|circuito , # rondas|circuito , # vueltas|circuito x # rondas"
    "|# rondas de circuito|# vueltas de circuito",
    "for time": "por tiempo|contra reloj|contrarreloj|a tiempo",
    "# rounds for time": "# rondas por tiempo|# rondas a tiempo|# vueltas por tiempo",
    "every minute": "cada minuto",
    "every": "cada",
    "x": "por",
    "": "de|durante",
}

KEYS: dict[str, str] = {
    "title": "título|nombre de la rutina",
    "description": "descripción",
    "language": "idioma|lengua|lenguaje",
    "level": "nivel",
    "pace": "velocidad",
    "coaching": "indicaciones",
    "count": "contar|conteo|cuenta",
    "mood": "ambiente",
    "beeps": "pitidos|señales",
    "units": "unidades",
    "space": "espacio",
    "minutes": "minutos|duración|tiempo total",
    "equipment": "material|equipo|equipamiento",
    "shuffle": "mezclar|aleatorio",
    "first_side": "primer lado|lado inicial",
    "tempo": "tempo|cadencia",
    "rest": "descanso|descansos|pausa|pausas|recuperación",
    "sides": "lados",
    "get_ready": "preparación",
    "voice": "voz",
    "rate": "velocidad de voz",
    "volume": "volumen",
    "music": "música",
    "breath": "respiración",
    "rounds": "rondas|vueltas|repetir|repeticiones del circuito",
    "opening": "apertura|introducción|inicio",
    "closing": "cierre|despedida",
    "define": "definir|mis ejercicios|definiciones",
    "warm_up": "calentamiento|calentar|entrada en calor",
    "exercises": "ejercicios|entrenamiento|rutina|parte principal",
    "cool_down": "vuelta a la calma|enfriamiento|estiramientos finales|estiramientos|estirar"
    "|relajación",
    "exercise": "ejercicio",
    "sets": "series|tandas",
    "reps": "repeticiones|reps",
    "hold": "aguantar|mantener",
    "steps": "pasos",
    "for": "tiempo",
    "breaths": "respiraciones",
    "load": "peso|carga",
    "effort": "esfuerzo|intensidad",
    "notes": "notas",
    "every": "cada",
    "cap": "tiempo límite|límite",
    "work": "trabajo|tiempo de trabajo",
    "transition": "transición|cambio|descanso entre ejercicios",
    "turns": "turnos",
    "cues": "consejos",
    "say_as": "se dice",
    "say": "di|decir|dilo",
    "note": "nota",
    "default": "por defecto",
    "name": "nombre",
    "aliases": "otros nombres",
    "seed": "semilla",
    "tick": "tic",
    "count_shape": "melodía del conteo",
    "carry": "distancia",
    "open": "abierto",
    "window": "ventana",
    "by_set": "por serie",
    "by_side": "por lado",
    "phases": "fases",
    "pulses": "pulsos",
    "pause": "pausa interna",
    "between": "entre series",
    "part": "parte",
    "lighter": "más ligero",
    "announced": "anunciado",
}

VALUES: dict[str, str] = {
    "yes": "sí|si",
    "no": "no",
    "none": "ninguno|nada|ninguna",
    "left": "izquierda|izquierdo",
    "right": "derecha|derecho",
    "easy": "fácil",
    "medium": "medio|intermedio",
    "hard": "difícil|duro",
    "de": "alemán|german",
    "en": "inglés|english",
    "es": "español|castellano|spanish",
    "fr": "francés|french",
    "beginner": "principiante",
    "normal": "normal",
    "advanced": "avanzado|avanzada",
    "full": "completo|completas",
    "brief": "breve|breves",
    "off": "apagado",
    "on": "encendido",
    "up": "ascendente|hacia arriba",
    "down": "descendente|hacia abajo",
    "calm": "tranquilo|calmado",
    "plain": "sobrio|neutro",
    "lively": "animado",
    "brisk": "rápido|ágil",
    "metric": "métrico|métricas",
    "imperial": "imperial",
}
