"""How a network is saved so that it can be read here: one line for each library that people come from."""

RECIPES = {
    "PyTorch": 'safetensors.torch.save_file(model.state_dict(), "model.safetensors")',
    "Keras": 'numpy.savez("model.npz", *model.get_weights())',
    "scikit-learn": 'numpy.savez("model.npz", *model.coefs_, *model.intercepts_)',
}
