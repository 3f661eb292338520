"""The backend over MLX with mlx-lm's models; mlx and mlx_lm only inside functions."""
