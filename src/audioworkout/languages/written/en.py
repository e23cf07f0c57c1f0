"""Words that tell English lines and cues from those of other languages."""

COMMON = (
    "above an and as at away back breath breathe by down each exercise feet few for from "
    "goes hands hips hold in into is it keep knee lift long lower my name no of on one or out "
    "per slow stand stay strong than that the then to until up very with you your"
)
