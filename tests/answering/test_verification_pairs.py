"""Sentences and the abstracts they cite, written by hand: what the checks say of each."""

from __future__ import annotations

import pytest

from rag.answering.checks.verification import Fault, check_sentence
from rag.types import Paper, PaperId


def _paper(title: str, abstract: str) -> Paper:
    return Paper(PaperId(title.lower()), title, abstract)


_LANTERN = _paper(
    "LanternNet: Seeing in the Dark with Few Photons",
    "Cameras record little light at night. We present LanternNet, a sparse autoencoder that restores photos "
    "from fewer than 40 photons a pixel. Trained on 1.2 million images of NightCity, it reaches 31.5 dB PSNR, "
    "2.1 dB more than U-Net, and runs 3x faster than diffusion models. It does not need paired examples. "
    "On moonless scenes it fails to recover color.",
)
_HARVEST = _paper(
    "Harvest Maps from Orbit",
    "Farm yields are hard to estimate from space. Our method joins radar and optical images with a "
    "graph neural network (GNN) and reduces the error by 18% on 12 crops in seven countries. Labels from only "
    "500 fields suffice. Adding weather data does not improve the estimates, and coarse radar worsens them.",
)
_ECHO = _paper(
    "Echo-7: Speech Models that Forget",
    "Voice assistants keep what they hear. Echo-7 removes a speaker from a trained model in 90 seconds on one "
    "GPU, without retraining, while accuracy drops by half a point. It outperforms SISA on LibriSpeech and on "
    "VoxCeleb2. Larger models forget more slowly. Removing 10-20 speakers at once doubles the time.",
)
_TIDE = _paper(
    "Slow Tides of Attention",
    "Attention costs grow quadratically with the length of a text. Tidal attention reads 64k tokens with a "
    "quarter of the memory and lowers latency from 120 ms to 45 ms. Accuracy on long questions rises from 61.0% "
    "to 66.4%, whereas short questions are unaffected. The state space model (SSM) baseline is worse on both.",
)

_SUPPORTED = (
    # numbers in other spellings
    (_LANTERN, "LanternNet was trained on 1,200,000 images of NightCity."),
    (_LANTERN, "Training used 1.2M NightCity images."),
    (_LANTERN, "It runs three times faster than diffusion models."),
    (_LANTERN, "LanternNet runs 3× faster than diffusion models."),
    (_HARVEST, "The error is reduced by 18 percent on twelve crops in 7 countries."),
    (_HARVEST, "The method cuts the error by 18% on 12 crops."),
    (_HARVEST, "It needs labels from 500 fields."),
    (_ECHO, "Echo-7 removes a speaker from a model in 90 s."),
    (_ECHO, "Accuracy drops by 0.5 points when a speaker is removed from the model."),
    (_ECHO, "Removing 10 to 20 speakers at once takes twice the time."),
    (_TIDE, "Tidal attention reads 64,000 tokens."),
    (_TIDE, "Accuracy on long questions rises from 61% to 66.4 percent."),
    (_TIDE, "Latency falls from 120 to 45 milliseconds with tidal attention."),
    # names in other spellings
    (_LANTERN, "LanternNets gain 2.1 dB PSNR over the UNet."),
    (_LANTERN, "LanternNet, an SAE, restores photos from less than 40 photons a pixel."),
    (_HARVEST, "A GNN joins radar and optical images."),
    (_HARVEST, "Graph neural networks join optical images with radar to estimate farm yields."),
    (_ECHO, "On LibriSpeech and VoxCeleb2, Echo 7 outperforms SISA."),
    (_TIDE, "State space models are worse on both long and short questions."),
    # negations and directions in other words
    (_LANTERN, "LanternNet works without paired examples."),
    (_LANTERN, "No paired examples are needed by LanternNet."),
    (_LANTERN, "LanternNet cannot recover color on moonless scenes."),
    (_HARVEST, "Weather data fails to improve the estimates."),
    (_HARVEST, "Coarse radar makes the estimates worse."),
    (_ECHO, "Speakers are removed without retraining the model."),
    (_ECHO, "Echo-7 does not retrain the model to remove a speaker."),
    (_ECHO, "Echo-7 beats SISA on LibriSpeech."),
    (_TIDE, "Tidal attention lowers the latency."),
    (_TIDE, "Latency is reduced from 120 ms to 45 ms."),
    (_TIDE, "Accuracy on short questions is not affected."),
    # plain
    (_LANTERN, "Cameras record little light at night."),
    (_TIDE, "Attention costs grow quadratically with text length."),
    (_ECHO, "Larger models forget more slowly than small models."),
)

_REFUSED = (
    (Fault.NUMBER, _LANTERN, "LanternNet was trained on 1.3 million images of NightCity."),
    (Fault.NUMBER, _LANTERN, "LanternNet was trained on 1.2 billion images of NightCity."),
    (Fault.NUMBER, _LANTERN, "It runs 4x faster than diffusion models."),
    (Fault.NUMBER, _LANTERN, "LanternNet runs 3% faster than diffusion models."),
    (Fault.NUMBER, _LANTERN, "LanternNet restores photos from fewer than 400 photons a pixel."),
    (Fault.NUMBER, _HARVEST, "The error is reduced by 81% on 12 crops."),
    (Fault.NUMBER, _HARVEST, "The error is reduced by 18% on 12 crops in nine countries."),
    (Fault.NUMBER, _HARVEST, "The method reduces the error 18-fold on 12 crops."),
    (Fault.NUMBER, _ECHO, "Echo-7 removes a speaker from a model in 90 minutes."),
    (Fault.NUMBER, _ECHO, "Echo-7 removes a speaker from a trained model in 9 seconds."),
    (Fault.NUMBER, _ECHO, "Removing 10-25 speakers at once doubles the time."),
    (Fault.NUMBER, _ECHO, "Removing 10-20 speakers at once triples the time."),
    (Fault.NUMBER, _TIDE, "Tidal attention reads 64 tokens."),
    (Fault.NUMBER, _TIDE, "Tidal attention lowers latency from 120 ms to 45 s."),
    (Fault.NUMBER, _TIDE, "Accuracy on long questions rises to 6.64%."),
    (Fault.NAME, _LANTERN, "LanternNet was trained on 1.2 million images of DayCity."),
    (Fault.NAME, _LANTERN, "BeaconNet reaches 31.5 dB PSNR, 2.1 dB more than U-Net."),
    (Fault.NAME, _LANTERN, "LanternNet reaches 31.5 dB PSNR, 2.1 dB more than V-Net."),
    (Fault.NAME, _HARVEST, "A CNN joins radar and optical images to estimate farm yields."),
    (Fault.NAME, _ECHO, "Echo-8 removes a speaker from a trained model in 90 seconds."),
    (Fault.NAME, _ECHO, "Echo-7 outperforms SISA on LibriSpeech and on VoxCeleb1."),
    (Fault.NAME, _ECHO, "Echo-7 outperforms ARCANE on LibriSpeech."),
    (Fault.NAME, _TIDE, "Tidal attention reads 64k tokens with a quarter of the memory of GPT-4."),
    (Fault.CONTRARY, _LANTERN, "LanternNet needs paired examples."),
    (Fault.CONTRARY, _LANTERN, "LanternNet runs 3x slower than diffusion models."),
    (Fault.CONTRARY, _LANTERN, "LanternNet does not restore photos from 40 photons a pixel."),
    (Fault.CONTRARY, _HARVEST, "The method increases the error by 18% on 12 crops."),
    (Fault.CONTRARY, _HARVEST, "Adding weather data improves the estimates."),
    (Fault.CONTRARY, _HARVEST, "Our method does not join radar and optical images."),
    (Fault.CONTRARY, _ECHO, "Echo-7 underperforms SISA on LibriSpeech."),
    (Fault.CONTRARY, _ECHO, "Echo-7 does not outperform SISA on LibriSpeech."),
    (Fault.CONTRARY, _ECHO, "Echo-7 cannot remove a speaker from a trained model."),
    (Fault.CONTRARY, _TIDE, "Tidal attention raises latency from 45 ms to 120 ms."),
    (Fault.CONTRARY, _TIDE, "Accuracy on long questions falls from 66.4% to 61.0%."),
    (Fault.CONTRARY, _TIDE, "The state space model (SSM) baseline is better on both."),
    (Fault.WORDS, _LANTERN, "Voice assistants keep what they hear."),
    (Fault.WORDS, _HARVEST, "Tidal attention lowers latency from 120 ms to 45 ms."),
    (Fault.WORDS, _TIDE, "Rivers carry sand to the sea in spring."),
)


@pytest.mark.parametrize(("paper", "sentence"), _SUPPORTED, ids=lambda value: str(value)[:50])
def test_a_true_sentence_is_supported(paper: Paper, sentence: str) -> None:
    support = check_sentence(sentence, [paper], question="")
    assert (support.supported, support.reason) == (True, "")


@pytest.mark.parametrize(("fault", "paper", "sentence"), _REFUSED, ids=lambda value: str(value)[:50])
def test_a_false_sentence_is_refused_by_the_check_for_it(fault: Fault, paper: Paper, sentence: str) -> None:
    support = check_sentence(sentence, [paper], question="")
    assert (support.supported, support.fault) == (False, fault)
    assert support.reason


@pytest.mark.parametrize("turn", ["does not", "doesn't"])
def test_a_short_not_turns_what_follows_as_a_long_one_does(turn: str) -> None:
    nets = _paper("Big Nets", "Larger nets reduce the error of trees, unlike small ones.")
    assert check_sentence(f"A larger net {turn} increase the error of trees.", [nets], question="").supported
