"""Makes the oracles that FamiliesAgainstTransformersTest compares with: for each family small random models with their
features on, and what Hugging Face's transformers computes with them in float32.

    pip install torch transformers safetensors        (BSD-3-Clause, Apache-2.0, Apache-2.0)
    python make_oracles.py ../resources/io/tramontane/policy/files/oracles

A folder has config.json (as it is given below), saved.json (as transformers writes it), the weights, oracle.json with
sequences, the log-probability of each token after the first, and greedy tokens after a prompt; and gradient.safetensors
with the gradient of the sum of all the log-probabilities by every tensor.
"""

import json
import pathlib
import shutil
import sys

import torch
import transformers
from safetensors.torch import save_file

VOCABULARY = 61
SHAPE = {
    "vocab_size": VOCABULARY,
    "hidden_size": 24,
    "intermediate_size": 40,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 256,
    "eos_token_id": 0,
    "bos_token_id": None,
}

MODELS = {
    # Every bias, an output layer of its own, heads of another size, and all three ranges of Llama 3's frequencies.
    "llama": {
        "model_type": "llama",
        "attention_bias": True,
        "mlp_bias": True,
        "head_dim": 12,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "rope_scaling": {
            "rope_type": "llama3",
            "factor": 8.0,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": 256,
        },
        "tie_word_embeddings": False,
    },
    "llama-linear": {
        "model_type": "llama",
        "rope_theta": 500.0,
        "rope_scaling": {"type": "linear", "factor": 2.5},
        "tie_word_embeddings": True,
    },
    "mistral": {
        "model_type": "mistral",
        "head_dim": 8,
        "sliding_window": 7,
        "rope_parameters": {"rope_type": "default", "rope_theta": 1000.0},
        "tie_word_embeddings": False,
    },
    "qwen2": {
        "model_type": "qwen2",
        "use_sliding_window": True,
        "sliding_window": 9,
        "max_window_layers": 1,
        "rope_theta": 1000.0,
        "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64},
        "tie_word_embeddings": True,
    },
    "qwen3": {
        "model_type": "qwen3",
        "attention_bias": True,
        "head_dim": 16,
        "use_sliding_window": True,
        "sliding_window": 5,
        "layer_types": ["sliding_attention", "full_attention", "sliding_attention"],
        "rope_parameters": {
            "rope_type": "yarn",
            "rope_theta": 1000.0,
            "factor": 8.0,
            "original_max_position_embeddings": 32,
            "beta_fast": 4.0,
            "beta_slow": 0.5,
            "mscale": 1.0,
            "mscale_all_dim": 0.5,
            "truncate": False,
        },
        "tie_word_embeddings": False,
    },
    "qwen3-plain": {
        "model_type": "qwen3",
        "head_dim": 8,
        "rope_parameters": {"rope_type": "yarn", "rope_theta": 100.0, "factor": 2.0, "attention_factor": 1.3,
                            "original_max_position_embeddings": 128},
        "tie_word_embeddings": True,
    },
}

STORED = {"llama": torch.bfloat16, "llama-linear": torch.float16, "qwen2": torch.bfloat16, "qwen3": torch.bfloat16}
SHARDED = {"llama-linear"}
LENGTHS = (90, 64, 64, 48, 40, 24)
GREEDY_PROMPT = 6
GREEDY_TOKENS = 64


def make(folder, name, keys):
    config = {"architectures": [ARCHITECTURES[keys["model_type"]]], "hidden_act": "silu", **SHAPE, **keys}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    generator = torch.Generator().manual_seed(sum(name.encode()))
    loaded = transformers.AutoConfig.from_pretrained(folder)
    (folder / "saved.json").write_text(loaded.to_json_string())
    model = transformers.AutoModelForCausalLM.from_config(loaded, attn_implementation="eager", dtype=torch.float32)
    dtype = STORED.get(name, torch.float32)
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            value = 1 + 0.3 * noise if "norm" in key else 0.3 * noise
            parameter.copy_(value.to(dtype))
    tensors = {key: parameter.detach().to(dtype).contiguous() for key, parameter in model.named_parameters()}
    if name in SHARDED:
        shards = {}
        for index, key in enumerate(tensors):
            shards.setdefault(f"model-0000{index % 2 + 1}-of-00002.safetensors", {})[key] = tensors[key]
        for file, part in shards.items():
            save_file(part, folder / file, metadata={"format": "pt"})
        index = {"metadata": {}, "weight_map": {key: file for file, part in shards.items() for key in part}}
        (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")
    else:
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})

    sequences = [torch.randint(1, VOCABULARY, (length,), generator=generator) for length in LENGTHS]
    log_probs = []
    for sequence in sequences:
        logits = model(sequence.unsqueeze(0)).logits[0, :-1]
        log_probs.append(torch.log_softmax(logits, -1).gather(1, sequence[1:].unsqueeze(1)).squeeze(1))
    sum(part.sum() for part in log_probs).backward()
    gradient = {key: parameter.grad.contiguous() for key, parameter in model.named_parameters()}
    save_file(gradient, folder / "gradient.safetensors", metadata={"format": "pt"})

    # The prompt whose continuation is clearest: no two tokens are nearly as likely.
    greedy = max((continued(model, sequence[:GREEDY_PROMPT]) for sequence in sequences), key=lambda it: min(it["margins"]))
    oracle = {
        "sequences": [sequence.tolist() for sequence in sequences],
        "log_probs": [rounded(part.tolist()) for part in log_probs],
        "greedy": greedy,
    }
    (folder / "oracle.json").write_text(json.dumps(oracle) + "\n")


def continued(model, prompt):
    """The most likely token after the prompt, and so on; margins are what the second is less likely by."""
    tokens, log_probs, margins = prompt, [], []
    with torch.no_grad():
        for _ in range(GREEDY_TOKENS):
            best = torch.log_softmax(model(tokens.unsqueeze(0)).logits[0, -1], -1).topk(2)
            log_probs.append(best.values[0].item())
            margins.append((best.values[0] - best.values[1]).item())
            tokens = torch.cat([tokens, best.indices[:1]])
    return {
        "prompt": prompt.tolist(),
        "tokens": tokens[len(prompt):].tolist(),
        "log_probs": rounded(log_probs),
        "margins": rounded(margins),
    }


def rounded(values):
    return [round(value, 7) for value in values]


ARCHITECTURES = {
    "llama": "LlamaForCausalLM",
    "mistral": "MistralForCausalLM",
    "qwen2": "Qwen2ForCausalLM",
    "qwen3": "Qwen3ForCausalLM",
}

if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    for name, keys in MODELS.items():
        folder = target / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder, name, keys)
        print(name, "made with transformers", transformers.__version__, "and torch", torch.__version__)
