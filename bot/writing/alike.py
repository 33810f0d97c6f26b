"""Words that mean the same, as far as a quote's own sentence needs them, and words that add nothing to one."""

from pathlib import Path

from bot.language.lexicon import words

GROUPS = tuple(
    words(line)
    for line in Path(__file__).with_name("alike.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""Groups of which any word may stand for any other; a word may be in several."""
IDLE = frozenset(
    words(
        "一旦 只要 凡是 形式 方式 情况 情形 目前 现在 其中 标准 时间 方面 内容 规定 要求 "
        "相关 有关 具体 主要 一般 进行 开展 工作 问题 需要 可以 也就是说 换句话说 简单来说 总的来说 具体来说 "
        "另外 此外 同时 首先 其次 最后 例如 比如 还有 以及 并且 而且 但是 不过 然而 因此 "
        "所以 因为 由于 如果 的话 也要 都要 就要 还要 就是 也是 均为 属于 即为 分别 依次 "
        "一共 总共 共计 合计 如下 以下 上述 这些 那些 这类 那么 期间 之间 一起 一并 会被 "
        "双方 各方 每方 对方 前者 后者 本人 他们 她们 它们 "
        "将被 予以 加以 作为 成为 按规定 依规定 根据规定 按照规定 根据 按照 依据 文件 材料 资料 本文 "
        "文中 申请人 当事人 您 大家 人们 一个 一种 一份 一次 一项 "
    )
)
"""Words that may be put into a sentence, and it says the same."""
ENGLISH_GROUPS = tuple(
    words(line)
    for line in """
must shall has have required should need needs
may can allowed permitted could entitled right
employees staff employee workers worker personnel people
within in inside
before prior ahead
after following once
buy purchase
get receive given obtain gets receives granted entitled
leave holiday vacation
use usage
start begin starts begins commence
end finish ends close
fee charge cost charges fees costs price
pay paid payment
show appear appears shows come comes
switch turn
note written write record noted
approved approves approval approve
rise rises increase increases goes go rising
requested request ask requests
below under underneath
ready hand
inform notify tell told notified informed
provide give supply provided
contact call reach
room office
company firm employer business
document file paper
visitors guests visitor guest
day days daily
year years annual yearly annually
month months monthly
long lasting last lasts
reimbursed refunded repaid
served service serving work worked
""".strip().splitlines()
)
