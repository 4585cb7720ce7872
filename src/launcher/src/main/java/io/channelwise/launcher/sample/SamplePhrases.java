package io.channelwise.launcher.sample;

import java.util.List;
import java.util.Map;

/**
 * The words that sample tickets are made of.
 *
 * @param blank what stands between two sentences
 * @param moods sentences by mood: 0 negative, 2 positive
 * @param cores sentences by intent, with slots
 * @param slots what may stand for a slot
 */
record SamplePhrases(
    String blank,
    List<String> greetings,
    List<String> closings,
    Map<Integer, List<String>> moods,
    Map<String, List<String>> cores,
    Map<String, List<String>> slots) {

  static SamplePhrases in(boolean chinese) {
    return chinese ? CHINESE : ENGLISH;
  }

  private static final SamplePhrases ENGLISH =
      new SamplePhrases(
          " ",
          List.of("Hi,", "Hello team,", "Good morning,", "Hey there,", "Dear support,"),
          List.of("Thanks.", "Please advise.", "Best, Kim", "Waiting for news."),
          Map.of(
              0,
              List.of(
                  "This is really annoying.",
                  "I am very disappointed.",
                  "We are losing customers over this!",
                  "Honestly, this is unacceptable.",
                  "Third time this month and I'm fed up.",
                  "Terrible experience so far."),
              2,
              List.of(
                  "You are doing a great job.",
                  "We love working with it.",
                  "The team is really happy.",
                  "Excellent work so far!",
                  "It has been a pleasure.")),
          Map.of(
              "billing",
              List.of(
                  "We were charged twice for {month}.",
                  "The invoice for {month} shows {n} thousand tokens more than our own count.",
                  "Can you send the {month} invoice to our accounting address?",
                  "My card was declined although the account has enough money.",
                  "Why is there a tax line on the {month} bill?",
                  "I need a refund for the wrong amount on invoice {n}.",
                  "Where can I change the payment method for {product}?",
                  "The receipt for last month is missing."),
              "technical-issue",
              List.of(
                  "{product} returns error {code} since this morning.",
                  "Answers take more than {n} seconds today.",
                  "The console stays blank after I log in.",
                  "Streaming stops in the middle of a sentence.",
                  "Requests time out when the prompt is longer than {n} pages.",
                  "{product} crashed and our queue is full.",
                  "Half of the calls fail with {code}.",
                  "The assistant repeats the same answer again and again."),
              "integration",
              List.of(
                  "How do I connect {product} to {system}?",
                  "Is there a {language} library for the API?",
                  "Which endpoint do I call to send messages from {system}?",
                  "The webhook from {system} needs a signature, where do I find the secret?",
                  "We want single sign-on with our own directory, how is that set up?",
                  "Can {product} read tickets straight out of {system}?",
                  "Do you have sample code in {language}?",
                  "Our {system} plug-in needs an API key with fewer rights."),
              "pricing",
              List.of(
                  "How much is {product} for {n} agents?",
                  "Is there a discount for a yearly contract?",
                  "What does the Scale plan cost per million tokens?",
                  "Could you send a quote for {n} seats?",
                  "Do schools get a lower price?",
                  "Which plan is the cheapest for a shop with {n} chats a day?",
                  "Does the price include fine-tuning?",
                  "What changes in price if we double our volume?"),
              "cancellation",
              List.of(
                  "Please cancel our subscription at the end of {month}.",
                  "How can I close the account and export my data?",
                  "We want to stop using {product} and end the contract.",
                  "I would like to terminate the trial today.",
                  "Do not renew our plan in {month}.",
                  "We are moving to another provider, delete our data please.",
                  "Where is the button to unsubscribe?",
                  "End the contract for {n} of our shops."),
              "feature-request",
              List.of(
                  "It would be great if {product} could summarise a chat for the next agent.",
                  "Please add an export to {system}.",
                  "Could you support {language} dialects as well?",
                  "We would like a dark mode in the console.",
                  "A weekly report by e-mail would help us, can you build that?",
                  "My wish: alerts when usage passes {n} per cent.",
                  "Are you planning a mobile app?",
                  "An undo button after releasing a version would be useful."),
              "praise",
              List.of(
                  "Since we use {product} our waiting time fell by {n} per cent.",
                  "Kudos to your support, the problem was solved in {n} minutes.",
                  "Just wanted to say that {product} is wonderful.",
                  "Our customers keep telling us how good the answers are.",
                  "Best tool we bought this year.",
                  "Thank you for the quick help yesterday.",
                  "The new version is a joy to use.",
                  "Five stars from all {n} of our shops.")),
          Map.of(
              "{product}", List.of("Harbor", "the assistant", "your model", "Harbor LLM"),
              "{month}", List.of("July", "August", "September", "October"),
              "{code}", List.of("500", "429", "503", "401"),
              "{system}",
                  List.of("our CRM", "the ticket system", "Slack", "WeChat Work", "the shop"),
              "{language}", List.of("Java", "Python", "Node", "Go")));

  private static final SamplePhrases CHINESE =
      new SamplePhrases(
          "",
          List.of("你好，", "您好，", "客服你好，", "在吗？", "早上好，"),
          List.of("谢谢。", "请尽快回复。", "麻烦了。", "等你们消息。"),
          Map.of(
              0,
              List.of("真的很烦人。", "我们非常失望。", "客户都在抱怨！", "这简直不能接受。", "这个月第三次了，太差劲了。", "体验糟糕透了。"),
              2,
              List.of("你们做得很棒。", "我们用得很开心。", "团队都很满意。", "目前为止非常出色！", "合作很愉快。")),
          Map.of(
              "billing",
              List.of(
                  "{month}的费用被扣了两次。",
                  "{month}账单比我们自己统计的多了{n}千字。",
                  "能把{month}的发票寄到财务邮箱吗？",
                  "银行卡余额足够，但扣款失败了。",
                  "{month}账单里为什么有一行税费？",
                  "第{n}号账单金额不对，需要退款。",
                  "在哪里修改{product}的支付方式？",
                  "上个月的收据找不到了。"),
              "technical-issue",
              List.of(
                  "{product}从早上开始一直报{code}错误。",
                  "今天回答要等{n}秒以上。",
                  "登录以后控制台是空白的。",
                  "流式输出说到一半就断了。",
                  "提示超过{n}页就会超时。",
                  "{product}崩溃了，我们的队列都满了。",
                  "一半的请求返回{code}。",
                  "助手一直重复同一个答案。"),
              "integration",
              List.of(
                  "怎么把{product}接到{system}？",
                  "API有{language}的SDK吗？",
                  "从{system}发消息要调用哪个接口？",
                  "{system}的webhook要签名，密钥在哪里看？",
                  "我们想用自己的目录做单点登录，怎么配置？",
                  "{product}能直接读取{system}里的工单吗？",
                  "有{language}的示例代码吗？",
                  "{system}插件需要权限更小的API密钥。"),
              "pricing",
              List.of(
                  "{n}个坐席用{product}多少钱？",
                  "签年度合同有折扣吗？",
                  "规模版每百万字什么价格？",
                  "能给{n}个账号报个价吗？",
                  "学校有优惠价吗？",
                  "每天{n}次对话的小店选哪个套餐最便宜？",
                  "价格里包含微调吗？",
                  "用量翻倍价格怎么变？"),
              "cancellation",
              List.of(
                  "请在{month}底取消我们的订阅。",
                  "怎么注销账号并导出数据？",
                  "我们不再使用{product}，想终止合同。",
                  "我想今天就结束试用。",
                  "{month}不要自动续费了。",
                  "我们要换别家，请删除数据。",
                  "退订按钮在哪里？",
                  "其中{n}家门店的合同请终止。"),
              "feature-request",
              List.of(
                  "希望{product}能给下一位客服总结对话。",
                  "请增加导出到{system}的功能。",
                  "能不能也支持方言？",
                  "控制台能加一个深色模式吗？",
                  "每周邮件报告会很有帮助，能做吗？",
                  "建议用量超过百分之{n}时提醒。",
                  "有计划做手机应用吗？",
                  "发布版本后要是能撤销就好了。"),
              "praise",
              List.of(
                  "用了{product}以后等待时间少了百分之{n}。",
                  "给客服点赞，{n}分钟就解决了问题。",
                  "就想说{product}太好用了。",
                  "顾客都说回答得很好。",
                  "今年买得最值的工具。",
                  "感谢昨天的快速帮助。",
                  "新版本用起来很顺手。",
                  "我们{n}家店都给五星好评。")),
          Map.of(
              "{product}", List.of("海港", "助手", "你们的模型", "海港大模型"),
              "{month}", List.of("七月", "八月", "九月", "十月"),
              "{code}", List.of("500", "429", "503", "401"),
              "{system}", List.of("CRM", "工单系统", "企业微信", "Slack", "商城"),
              "{language}", List.of("Java", "Python", "Node", "Go")));
}
