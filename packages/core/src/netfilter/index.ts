export type {
  Chain,
  Hook,
  Match,
  PortRange,
  Rule,
  Ruleset,
  Table,
  TableName,
  Target,
} from './model';
