"""Signal processing on numpy arrays: loudness, limiter, resampling, trimming, tones."""
